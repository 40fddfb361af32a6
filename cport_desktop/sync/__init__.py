"""The exchange with the portal: what to say, what an answer means, and the roads it takes."""
