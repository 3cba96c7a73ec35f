"""The pages in the browser: each view builds its elements and answers what is done to them."""
