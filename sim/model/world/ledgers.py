"""What the city's books have a place for: tallies of areas, money flows and events of a month."""

# Rows of the city's tallies by cluster and district.
TALLIES = ("firms", "talents", "mature", "successes", "linked", "sales")
FIRMS_HERE, TALENTS_HERE, MATURE_HERE, SUCCESSES_HERE, LINKED_HERE, SALES_HERE = range(6)

# Money flows of a month, in ten thousand yuan: the ledger that conservation is checked against.
FLOWS = (
    "sales",
    "commissions",
    "operations",
    "research",
    "overhead",
    "subsidies",
    "tax",
    "dividends",
    "plant",
    "debt_drawn",
    "debt_paid",
    "equity",
    "offered",
    "seed",
    "brought",
    "closed",
    "fund_paid_in",
    "fund_invested",
    "fund_returned",
)
(
    SALES,
    COMMISSIONS,
    OPERATIONS,
    RESEARCH,
    OVERHEAD,
    SUBSIDIES,
    TAX,
    DIVIDENDS,
    PLANT,
    DEBT_DRAWN,
    DEBT_PAID,
    EQUITY,
    OFFERED,
    SEED,
    BROUGHT,
    CLOSED_CASH,
    FUND_PAID_IN,
    FUND_INVESTED,
    FUND_RETURNED,
) = range(len(FLOWS))

# Events of a month: the ledger of firms and people (and guidance money, ten thousand yuan).
EVENTS = (
    "founded",
    "moved_in",
    "ended",
    "left_city",
    "moved_district",
    "graduated",
    "arrived",
    "departed",
    "guidance_money",
)
(
    FOUNDED,
    CAME,
    ENDED,
    LEFT_CITY,
    MOVED_DISTRICT,
    GRADUATED,
    ARRIVED,
    DEPARTED,
    GUIDANCE_MONEY,
) = range(len(EVENTS))
