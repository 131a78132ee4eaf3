"""Who does what, where, on which agreement?"""
