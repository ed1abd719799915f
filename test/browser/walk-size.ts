/**
 * Whether the long walks are taken at full size (`npm run test:walks`): the months, people and files that the program is
 * judged by, a quarter of an hour for each. `npm test` takes the same walks through smaller plans.
 */
export const fullWalks = process.env.SHIFTWRIGHT_WALKS === "full";
