"""The shell: design system, base pages, home, search, worklist and help."""
