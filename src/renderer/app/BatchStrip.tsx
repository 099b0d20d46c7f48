import { useStore } from 'zustand';
import { StepTicks } from '../panels/batches/StepTicks.tsx';
import { currentStep } from '../panels/batches/batch-look.ts';
import { panelStore } from '../state/panel-store.ts';
import { plantStore } from '../state/plant-store.ts';
import { uiStore } from '../state/ui-store.ts';

/** The batch that runs, or the last one, in one line. */
export function BatchStrip() {
  const batch = useStore(plantStore, ({ batches }) => {
    return batches.find(({ outcome }) => outcome === 'running') ?? batches.at(-1);
  });
  const others = useStore(
    plantStore,
    ({ batches }) => batches.filter(({ outcome }) => outcome === 'running').length - 1,
  );
  if (batch === undefined) return null;
  const step = currentStep(batch);
  const open = (): void => {
    if (!panelStore.getState().open.dock) panelStore.getState().toggle('dock');
    uiStore.getState().showDock('batches');
  };
  return (
    <button type="button" className="batch-strip" title="Show the batches" onClick={open}>
      <strong>{batch.id}</strong>
      <StepTicks steps={batch.steps} />
      <span className="ellipsis">
        {batch.outcome === 'running'
          ? step === undefined
            ? 'waiting to start'
            : `${step.step} ${step.name}`
          : batch.outcome}
      </span>
      {others > 0 && <span className="muted">and {others} more</span>}
    </button>
  );
}
