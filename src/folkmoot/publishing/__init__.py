"""What every public page shares: base page, design system, components, slots and the clock."""
