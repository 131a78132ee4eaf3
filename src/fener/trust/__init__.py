"""Who may know what; who has known?"""
