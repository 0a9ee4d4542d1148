"""Following pages by e-mail: double opt-in, one digest, one-click unsubscribe."""
