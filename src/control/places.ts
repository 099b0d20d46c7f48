/** Device of a place `device.place`, or of a resource named alike. */
export function deviceOf(place: string): string {
  return place.split('.')[0] ?? '';
}

/** Name of a place within its device. */
export function placeName(place: string): string {
  return place.split('.')[1] ?? '';
}
