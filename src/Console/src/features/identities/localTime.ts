/** A time of the API, in microseconds, as inputs of date and time take it: local, to the minute. */
export function localTime(micros: number): string {
  const date = new Date(micros / 1000);
  const two = (number: number): string => String(number).padStart(2, '0');
  return `${String(date.getFullYear()).padStart(4, '0')}-${two(date.getMonth() + 1)}-${two(date.getDate())}T${two(date.getHours())}:${two(date.getMinutes())}`;
}

/** What such an input holds, in microseconds since the Unix epoch; undefined when it is no time. */
export function microsOf(text: string): number | undefined {
  const time = Date.parse(text);
  return Number.isNaN(time) || time <= 0 ? undefined : time * 1000;
}
