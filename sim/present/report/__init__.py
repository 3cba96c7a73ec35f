"""The report: results go in, one document comes out, written alike as HTML and as PDF."""
