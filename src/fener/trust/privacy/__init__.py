"""Personal data declared on the field: what the privacy page, the register, masking, copies and erasure come from."""
