"""The forms by which tickets are filed: what browsers get to know of them."""
