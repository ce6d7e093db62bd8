"""What would happen: portfolios, payment behaviour, simulation. The plans are the production ones; nothing is imitated."""
