import { type ReactNode, useEffect, useState } from 'react';
import { createPortal } from 'react-dom';

/** Puts the controls of the open panel at the right end of the row of tabs. */
export function DockTools({ children }: { readonly children: ReactNode }) {
  const [place, setPlace] = useState<HTMLElement | null>(null);
  useEffect(() => setPlace(document.getElementById('dock-tools')), []);
  return place === null ? null : createPortal(children, place);
}
