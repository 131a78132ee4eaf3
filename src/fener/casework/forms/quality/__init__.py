"""Quality of work: supervision, load, time and cover, apart from every case."""
