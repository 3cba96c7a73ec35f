"""Kinds of studies, each in one file: what it looks at, computes, and says."""
