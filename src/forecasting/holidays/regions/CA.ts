// Generated from date-holidays (https://github.com/commenthol/date-holidays), data licensed CC-BY-3.0. See README.md.

export const regions: readonly string[] = ["CA", "CA-ON", "CA-QC", "CA-BC", "CA-AB"];
export const holidays: readonly (readonly [name: string, regions: string, days: string])[] = [
  ["New Year's Day", "*", "01-01"],
  ["Good Friday", "*", "easter-2"],
  ["Canada Day", "*", "07-01"],
  ["Labour Day", "*", "09-1#1"],
  ["Christmas Day", "*", "12-25"],
  ["National Day for Truth and Reconciliation", "CA", "2021-09-30 2022-09-30"],
  ["National Day for Truth and Reconciliation", "CA CA-BC", "09-30/2023-"],
  [
    "National Day for Truth and Reconciliation (observed)",
    "CA CA-BC",
    "2023-10-02 2028-10-02 2029-10-01 2034-10-02 2035-10-01",
  ],
  ["Canada Day (observed)", "*", "2001-07-02 2007-07-02 2012-07-02 2018-07-02 2029-07-02 2035-07-02"],
  ["Christmas Day (observed)", "*", "1999-12-27 2004-12-27 2010-12-27 2021-12-27 2027-12-27 2032-12-27"],
  [
    "Christmas Day (observed)",
    "CA CA-QC CA-BC CA-AB",
    "2005-12-26 2011-12-26 2016-12-26 2022-12-26 2033-12-26",
  ],
  [
    "New Year's Day (observed)",
    "*",
    "2000-01-03 2005-01-03 2006-01-02 2011-01-03 2012-01-02 2017-01-02 2022-01-03 2023-01-02 2028-01-03 2033-01-03 2034-01-02",
  ],
  ["Family Day", "CA-ON CA-AB", "02-1#3/2008-2018"],
  ["Family Day", "CA-ON CA-BC CA-AB", "02-1#3/2019-"],
  ["Family Day", "CA-BC", "02-1#2/2008-2018"],
  ["Family Day", "CA-AB", "02-1#3/-2007"],
  [
    "Victoria Day",
    "CA-ON CA-BC CA-AB",
    "1999-05-24 2000-05-22 05-1#3/2001-2003 05-1#4/2004-2006 05-1#3/2007-2009 2010-05-24 2011-05-23 05-1#3/2012-2015 2016-05-23 2017-05-22 05-1#3/2018-2020 05-1#4/2021-2023 05-1#3/2024-2026 2027-05-24 2028-05-22 05-1#3/2029-2031 05-1#4/2032-2034 2035-05-21",
  ],
  ["Thanksgiving", "CA-ON CA-QC CA-BC CA-AB", "10-1#2"],
  ["Boxing Day", "CA-ON", "12-26"],
  [
    "Boxing Day (observed)",
    "CA-ON",
    "1999-12-28 2004-12-28 2009-12-28 2010-12-28 2015-12-28 2020-12-28 2021-12-28 2026-12-28 2027-12-28 2032-12-28",
  ],
  [
    "National Patriots' Day",
    "CA-QC",
    "1999-05-24 2000-05-22 05-1#3/2001-2003 05-1#4/2004-2006 05-1#3/2007-2009 2010-05-24 2011-05-23 05-1#3/2012-2015 2016-05-23 2017-05-22 05-1#3/2018-2020 05-1#4/2021-2023 05-1#3/2024-2026 2027-05-24 2028-05-22 05-1#3/2029-2031 05-1#4/2032-2034 2035-05-21",
  ],
  ["National Holiday", "CA-QC", "06-24"],
  [
    "National Holiday (observed)",
    "CA-QC",
    "2001-06-25 2007-06-25 2012-06-25 2018-06-25 2029-06-25 2035-06-25",
  ],
  ["British Columbia Day", "CA-BC", "08-1#1"],
  ["Remembrance Day", "CA-BC CA-AB", "11-11"],
];
