"""What people and programs see of schedules: one parish's, what changed, what reading again would change."""
