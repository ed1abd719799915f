// Generated from date-holidays (https://github.com/commenthol/date-holidays), data licensed CC-BY-3.0. See README.md.

export const regions: readonly string[] = ["NZ"];
export const holidays: readonly (readonly [name: string, regions: string, days: string])[] = [
  ["New Year's Day", "*", "01-01"],
  ["Day after New Year's Day", "*", "01-02"],
  [
    "Day after New Year's Day (observed)",
    "*",
    "1999-01-04 2000-01-04 2005-01-04 2010-01-04 2011-01-04 2016-01-04 2021-01-04 2022-01-04 2027-01-04 2028-01-04 2033-01-04",
  ],
  ["Waitangi Day", "*", "02-06"],
  ["Waitangi Day (observed)", "*", "2016-02-08 2021-02-08 2022-02-07 2027-02-08 2028-02-07 2033-02-07"],
  ["Good Friday", "*", "easter-2"],
  ["Easter Monday", "*", "easter+1"],
  ["ANZAC Day", "*", "04-25"],
  ["ANZAC Day (observed)", "*", "2015-04-27 2020-04-27 2021-04-26 2026-04-27 2027-04-26 2032-04-26"],
  ["Queen's Birthday", "*", "06-1#1/-2022"],
  ["Labour Day", "*", "10-1#4"],
  ["Christmas Day", "*", "12-25"],
  ["Boxing Day", "*", "12-26"],
  [
    "Christmas Day (observed)",
    "*",
    "1999-12-27 2004-12-27 2005-12-27 2010-12-27 2011-12-27 2016-12-27 2021-12-27 2022-12-27 2027-12-27 2032-12-27 2033-12-27",
  ],
  [
    "Boxing Day (observed)",
    "*",
    "1999-12-28 2004-12-28 2009-12-28 2010-12-28 2015-12-28 2020-12-28 2021-12-28 2026-12-28 2027-12-28 2032-12-28",
  ],
  [
    "New Year's Day (observed)",
    "*",
    "2000-01-03 2005-01-03 2006-01-03 2011-01-03 2012-01-03 2017-01-03 2022-01-03 2023-01-03 2028-01-03 2033-01-03 2034-01-03",
  ],
  [
    "Matariki",
    "*",
    "2022-06-24 2023-07-14 2024-06-28 2025-06-20 2026-07-10 2027-06-25 2028-07-14 2029-07-06 2030-06-21 2031-07-11 2032-07-02 2033-06-24 2034-07-07 2035-06-29",
  ],
  ["National Day of Mourning for Queen Elizabeth II", "*", "2022-09-26"],
  ["King's Birthday", "*", "06-1#1/2023-"],
];
