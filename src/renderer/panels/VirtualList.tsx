import { type ReactNode, type Ref, useEffect, useImperativeHandle, useRef, useState } from 'react';

/** Rows drawn above and below what is seen. */
const SPARE = 6;

export interface VirtualListHandle {
  /** Brings a row into view. */
  reveal(row: number): void;
}

interface VirtualListProps {
  readonly count: number;
  /** Height of every row [px]. */
  readonly rowHeight: number;
  readonly render: (row: number) => ReactNode;
  readonly handle?: Ref<VirtualListHandle>;
  readonly className?: string;
  readonly role?: string;
  readonly label?: string;
  readonly testId?: string;
  /** Told of the first row that is seen and the one after the last. */
  readonly onRange?: (first: number, end: number) => void;
}

/** A list of any length of which only the rows in sight are made. */
export function VirtualList(props: VirtualListProps) {
  const { count, rowHeight, render, handle, className, role, label, testId, onRange } = props;
  const box = useRef<HTMLDivElement>(null);
  const [seen, setSeen] = useState({ top: 0, height: 600 });
  useEffect(() => {
    const element = box.current;
    if (element === null) return undefined;
    const measure = (): void => setSeen({ top: element.scrollTop, height: element.clientHeight });
    const observer = new ResizeObserver(measure);
    observer.observe(element);
    element.addEventListener('scroll', measure, { passive: true });
    return () => {
      observer.disconnect();
      element.removeEventListener('scroll', measure);
    };
  }, []);
  useImperativeHandle(handle, () => ({
    reveal: (row) => {
      const element = box.current;
      if (element === null || row < 0) return;
      const top = row * rowHeight;
      if (top >= element.scrollTop && top + rowHeight <= element.scrollTop + element.clientHeight) {
        return;
      }
      element.scrollTop = Math.max(0, top - element.clientHeight / 2);
    },
  }));
  const first = Math.max(0, Math.floor(seen.top / rowHeight) - SPARE);
  const end = Math.min(count, Math.ceil((seen.top + seen.height) / rowHeight) + SPARE);
  useEffect(() => onRange?.(first, end), [onRange, first, end]);
  return (
    <div className={className} ref={box} role={role} aria-label={label} data-testid={testId}>
      <div style={{ height: count * rowHeight, position: 'relative' }}>
        <div style={{ position: 'absolute', top: first * rowHeight, left: 0, right: 0 }}>
          {Array.from({ length: Math.max(0, end - first) }, (_, i) => render(first + i))}
        </div>
      </div>
    </div>
  );
}
