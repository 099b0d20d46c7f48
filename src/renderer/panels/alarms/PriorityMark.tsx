import { type Priority, priorityNumber } from './alarm-look.ts';

/** Square, triangle up, triangle down, circle: told apart without colour. */
const SHAPES: Readonly<Record<Priority, string>> = {
  critical: 'M2 2h14v14H2z',
  high: 'M9 1.2 17.2 16H.8z',
  medium: 'M9 16.8.8 2h16.4z',
  low: 'M9 1.5a7.5 7.5 0 1 0 0 15 7.5 7.5 0 0 0 0-15z',
};
/** Where the number sits in its shape [px from the top]. */
const BASELINES: Readonly<Record<Priority, number>> = {
  critical: 12.9,
  high: 14.1,
  medium: 10.9,
  low: 12.9,
};

interface PriorityMarkProps {
  readonly priority: Priority;
  /** Drawn as an outline: seen and acknowledged. */
  readonly quiet?: boolean;
}

/** Priority by colour, shape and number. */
export function PriorityMark({ priority, quiet = false }: PriorityMarkProps) {
  const colour = `var(--alarm-${priority})`;
  const label = `${priority} priority${quiet ? ', acknowledged' : ''}`;
  return (
    <svg className="mark" width="18" height="18" role="img" aria-label={label}>
      <title>{label}</title>
      <path
        d={SHAPES[priority]}
        fill={quiet ? 'none' : colour}
        stroke={colour}
        strokeWidth="1.4"
        strokeLinejoin="round"
      />
      <text
        x="9"
        y={BASELINES[priority]}
        textAnchor="middle"
        fontSize="10.5"
        fontWeight="700"
        fill={quiet ? colour : 'var(--on-alarm)'}
      >
        {priorityNumber(priority)}
      </text>
    </svg>
  );
}
