"""Return: the journey, from the request until somebody has received the person."""
