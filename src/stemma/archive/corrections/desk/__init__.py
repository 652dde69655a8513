"""What people ask and say at the desk: words made ready, two who may be one, what is held on somebody."""
