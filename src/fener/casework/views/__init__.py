"""Pages of casework. Views are thin: a selector reads, a service acts, the policy decides."""
