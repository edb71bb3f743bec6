"""A made-up publisher's site of 60 products that lives through a year: what it holds, how it looks, and the script."""
