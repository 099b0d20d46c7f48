/** Name of the object of a device, by which selection and camera find it. */
export function objectName(id: string): string {
  return `device:${id}`;
}
