"""The model a second time, as plain Mesa agents and plain loops, written from docs/model.md."""
