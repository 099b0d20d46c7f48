/** Two overlapping cells: the thing and its double. */
export function BrandMark() {
  return (
    <svg width="24" height="16" viewBox="0 0 24 16" aria-hidden="true">
      <circle cx="8" cy="8" r="7" fill="var(--accent)" />
      <circle cx="16" cy="8" r="7" fill="none" stroke="var(--accent)" strokeWidth="1.8" />
    </svg>
  );
}
