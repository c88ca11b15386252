const numbers = new Intl.NumberFormat('en');

/** A number for people, in English as everything on the page. */
export const countText = (count: number): string => numbers.format(count);

/** A number with what is counted: `1 device`, `2 devices`. */
export const pluralText = (count: number, one: string, several = `${one}s`): string => `${countText(count)} ${count === 1 ? one : several}`;
