"""Tables and microdata that can be published without endangering anybody."""
