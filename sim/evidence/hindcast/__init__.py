"""What the model would have forecast, knowing no more than was known then."""
