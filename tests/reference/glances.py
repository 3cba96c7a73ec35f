"""Which of a firm's bytes of a month goes with which chance (section 8 of docs/model.md)."""

CLIMB, SETBACK, COMPONENT, PRODUCT, STANDARD, NEWS, ORDERS, CLOSING, SALE, LEAVING = range(10)
