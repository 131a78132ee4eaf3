"""What an attacker learns from a release, alone and with every earlier one."""
