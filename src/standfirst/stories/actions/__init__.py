"""What may be done to the public record from the desk. Each action is one transaction with its actor."""
