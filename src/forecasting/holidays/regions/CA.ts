// Generated from date-holidays (https://github.com/commenthol/date-holidays), data licensed CC-BY-3.0. See README.md.

export const regions: readonly string[] = ["CA", "CA-ON", "CA-QC", "CA-BC", "CA-AB"];
export const holidays: readonly (readonly [name: string, regions: string, days: string])[] = [
  ["New Year's Day", "*", "01-01"],
  ["Family Day", "CA-BC", "02-1#2/-2018"],
  ["Family Day", "CA-AB CA-ON", "02-1#3/-2018"],
  ["Good Friday", "*", "easter-2"],
  ["Easter Monday", "CA-ON", "easter+1"],
  [
    "Victoria Day",
    "CA-AB CA-BC CA-ON",
    "1999-05-24 2000-05-22 05-1#3/2001-2003 05-1#4/2004-2006 05-1#3/2007-2009 2010-05-24 2011-05-23 05-1#3/2012-2015 2016-05-23 2017-05-22 05-1#3/2018-2020 05-1#4/2021-2023 05-1#3/2024-2026 2027-05-24 2028-05-22 05-1#3/2029-2031 05-1#4/2032-2034 2035-05-21",
  ],
  [
    "National Patriots' Day",
    "CA-QC",
    "1999-05-24 2000-05-22 05-1#3/2001-2003 05-1#4/2004-2006 05-1#3/2007-2009 2010-05-24 2011-05-23 05-1#3/2012-2015 2016-05-23 2017-05-22 05-1#3/2018-2020 05-1#4/2021-2023 05-1#3/2024-2026 2027-05-24 2028-05-22 05-1#3/2029-2031 05-1#4/2032-2034 2035-05-21",
  ],
  ["National Holiday", "CA-QC", "06-24"],
  ["Canada Day", "*", "07-01"],
  ["British Columbia Day", "CA-BC", "08-1#1"],
  ["Labour Day", "*", "09-1#1"],
  ["Thanksgiving", "CA-AB CA-BC CA-ON CA-QC", "10-1#2"],
  ["Remembrance Day", "CA-AB CA-BC", "11-11"],
  ["Christmas Day", "*", "12-25"],
  ["Boxing Day", "CA-ON", "12-26"],
  ["Family Day", "CA-AB CA-BC CA-ON", "02-1#3/2019-"],
];
