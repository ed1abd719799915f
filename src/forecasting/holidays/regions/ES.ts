// Generated from date-holidays (https://github.com/commenthol/date-holidays), data licensed CC-BY-3.0. See README.md.

export const regions: readonly string[] = ["ES"];
export const holidays: readonly (readonly [name: string, regions: string, days: string])[] = [
  ["New Year's Day", "*", "01-01"],
  ["Epiphany", "*", "01-06"],
  ["Good Friday", "*", "easter-2"],
  ["Labour Day", "*", "05-01"],
  ["Assumption", "*", "08-15"],
  ["Fiesta Nacional de España", "*", "10-12"],
  ["All Saints' Day", "*", "11-01"],
  ["Día de la Constitución Española", "*", "12-06"],
  ["Immaculate Conception", "*", "12-08"],
  ["Christmas Day", "*", "12-25"],
];
