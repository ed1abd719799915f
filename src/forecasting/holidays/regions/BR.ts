// Generated from date-holidays (https://github.com/commenthol/date-holidays), data licensed CC-BY-3.0. See README.md.

export const regions: readonly string[] = ["BR"];
export const holidays: readonly (readonly [name: string, regions: string, days: string])[] = [
  ["New Year's Day", "*", "01-01"],
  ["Good Friday", "*", "easter-2"],
  ["Tiradentes' Day", "*", "04-21"],
  ["Labour Day", "*", "05-01"],
  ["Independence Day", "*", "09-07"],
  ["Our Lady of Aparecida", "*", "10-12"],
  ["All Souls' Day", "*", "11-02"],
  ["Republic Day", "*", "11-15"],
  ["Christmas Day", "*", "12-25"],
  [
    "Election Day",
    "*",
    "2000-10-01 2000-10-29 2002-10-06 2002-10-27 2004-10-03 2004-10-31 2006-10-01 2006-10-29 2008-10-05 2008-10-26 2010-10-03 2010-10-31 2012-10-07 2012-10-28 2014-10-05 2014-10-26 2016-10-02 2016-10-30 2018-10-07 2018-10-28 2020-11-15 2020-11-29 2022-10-02 2022-10-30 2024-10-06 2024-10-27 2026-10-04 2026-10-25 2028-10-01 2028-10-29 2030-10-06 2030-10-27 2032-10-03 2032-10-31 2034-10-01 2034-10-29",
  ],
  ["Black Awareness Day", "*", "11-20/2024-"],
];
