import { useStore } from 'zustand';
import { plantStore } from '../../state/plant-store.ts';
import { BatchCard } from './BatchCard.tsx';
import { BatchList } from './BatchList.tsx';

/** More batches than that are shown as a list. */
const MOST_CARDS = 2;

/** Each batch as the steps of its recipe, in order. */
export function BatchProgressPanel() {
  const batches = useStore(plantStore, (s) => s.batches);
  if (batches.length === 0) {
    return (
      <div className="empty">
        <p>No controller is running a batch here.</p>
        <p>
          Connect your own over OPC UA, or start one with{' '}
          <code>doppel serve &lt;scene&gt; --control car-t</code>.
        </p>
      </div>
    );
  }
  if (batches.length > MOST_CARDS) return <BatchList batches={batches} />;
  return batches.map((batch) => <BatchCard key={batch.id} batch={batch} />);
}
