// Generated from date-holidays (https://github.com/commenthol/date-holidays), data licensed CC-BY-3.0. See README.md.

export const regions: readonly string[] = ["GB-ENG", "GB-SCT", "GB-WLS", "GB-NIR"];
export const holidays: readonly (readonly [name: string, regions: string, days: string])[] = [
  ["New Year's Day", "*", "01-01"],
  ["Good Friday", "*", "easter-2"],
  ["Easter Monday", "GB-ENG GB-WLS GB-NIR", "easter+1"],
  ["Early May bank holiday", "*", "05-1#1/-2019 05-1#1/2021-"],
  [
    "Spring bank holiday",
    "*",
    "05-1#-1/-2001 2002-06-04 05-1#-1/2003-2011 2012-06-04 05-1#-1/2013-2021 2022-06-02 05-1#-1/2023-",
  ],
  ["Summer bank holiday", "GB-ENG GB-WLS GB-NIR", "08-1#-1"],
  ["Summer bank holiday", "GB-SCT", "08-1#1"],
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
    "GB-ENG GB-WLS GB-NIR",
    "2000-01-03 2005-01-03 2006-01-02 2011-01-03 2012-01-02 2017-01-02 2022-01-03 2023-01-02 2028-01-03 2033-01-03 2034-01-02",
  ],
  [
    "New Year's Day (observed)",
    "GB-SCT",
    "2000-01-04 2005-01-04 2006-01-03 2011-01-04 2012-01-03 2017-01-03 2022-01-04 2023-01-03 2028-01-04 2033-01-04 2034-01-03",
  ],
  ["Queen’s Diamond Jubilee", "*", "2012-06-05"],
  ["Early May bank holiday (VE day)", "*", "2020-05-08"],
  ["Queen’s Platinum Jubilee", "*", "2022-06-03"],
  ["Queen Elizabeth's Funeral Day", "*", "2022-09-19"],
  ["King Charles III's Coronation", "*", "2023-05-08"],
  ["Millennium Celebrations", "*", "1999-12-31"],
  ["Golden Jubilee of Elizabeth II", "*", "2002-06-03"],
  ["Wedding of William and Catherine", "*", "2011-04-29"],
  ["January 2nd", "GB-SCT", "01-02"],
  [
    "January 2nd (observed)",
    "GB-SCT",
    "1999-01-04 2000-01-03 2005-01-03 2010-01-04 2011-01-03 2016-01-04 2021-01-04 2022-01-03 2027-01-04 2028-01-03 2033-01-03",
  ],
  ["St Andrew’s Day", "GB-SCT", "11-30/2006-"],
  [
    "St Andrew’s Day (observed)",
    "GB-SCT",
    "2008-12-01 2013-12-02 2014-12-01 2019-12-02 2024-12-02 2025-12-01 2030-12-02 2031-12-01",
  ],
  ["Scotland's participation in the FIFA World Cup final", "GB-SCT", "2026-06-15"],
  ["St Patrick’s Day", "GB-NIR", "03-17"],
  ["Battle of the Boyne (Orangemen’s Day)", "GB-NIR", "07-12"],
  [
    "St Patrick’s Day (observed)",
    "GB-NIR",
    "2001-03-19 2002-03-18 2007-03-19 2012-03-19 2013-03-18 2018-03-19 2019-03-18 2024-03-18 2029-03-19 2030-03-18 2035-03-19",
  ],
  [
    "Battle of the Boyne (Orangemen’s Day) (observed)",
    "GB-NIR",
    "2003-07-14 2008-07-14 2009-07-13 2014-07-14 2015-07-13 2020-07-13 2025-07-14 2026-07-13 2031-07-14",
  ],
];
