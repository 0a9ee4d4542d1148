"""The survey and the register of responses, whatever the channel."""
