"""Residence: on which rule the person stays, until when, and with which rights."""
