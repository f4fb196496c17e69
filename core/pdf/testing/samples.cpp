#include "pdf/testing/samples.h"

#include <fmt/format.h>

namespace livery::pdf {

namespace {

using Align = Document::Align;
using RowKind = Document::RowKind;
using std::chrono::sys_days;
using namespace std::chrono_literals;

constexpr const char* kLogo =
    R"svg(<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 220 48">
<defs><linearGradient id="g" x2="1" y2="1"><stop stop-color="#0b7a75"/>
<stop offset="1" stop-color="#19a7a0"/></linearGradient></defs>
<rect width="48" height="48" rx="12" fill="url(#g)"/>
<path d="M12 31c6 0 6-14 12-14s6 14 12 14" fill="none" stroke="#fff" stroke-width="4.5"
 stroke-linecap="round"/>
<text x="60" y="34" font-family="Noto Sans" font-weight="bold" font-size="28"
 fill="#10302e">Nordwelle</text></svg>)svg";

// 1234567 is "12,345.67".
std::string Amount(int cents, const char* group, const char* point) {
    const int whole = cents / 100;
    const std::string units = whole < 1000
                                  ? fmt::format("{}", whole)
                                  : fmt::format("{}{}{:03}", whole / 1000, group, whole % 1000);
    return fmt::format("{}{}{:02}", units, point, cents % 100);
}

Document Begin(std::string language, Document::Direction direction) {
    Document document;
    document.language = std::move(language);
    document.direction = direction;
    document.brand.name = "Nordwelle";
    document.brand.logo_svg = kLogo;
    document.brand.colour = "#0b7a75";
    document.created = sys_days(2026y / 4 / 1) + 8h;
    return document;
}

}  // namespace

Document SmallDocument() {
    Document document;
    document.language = "en";
    document.brand.name = "Nordwelle";
    document.brand.colour = "#0b7a75";
    document.title = "Statement";
    document.notes = {{"", "Nothing to say."}};
    return document;
}

Document LatinSample(int rows) {
    Document document = Begin("en", Document::Direction::kLeftToRight);
    document.brand.address = {"Nordwelle Energie GmbH", "Speicherstraße 14, 20457 Hamburg",
                              "nordwelle.example"};
    document.title = "Invoice 2026-004217";
    document.author = "Nordwelle Energie GmbH";
    document.subject = "Invoice for March 2026";
    document.page_number = "Page {page} of {pages}";
    document.blocks = {{"Billed to",
                        {"Ὀδύσσεια Παπαδοπούλου", "Œuvres & Fils S.à r.l.", "12, Łódź Street",
                         "1050 Brüssel, Belgium"},
                        {}},
                       {"",
                        {},
                        {{"Number", "2026-004217"},
                         {"Date", "1 April 2026"},
                         {"Period", "1 – 31 March 2026"},
                         {"Customer", "K-10 482"},
                         {"Due", "15 April 2026"}}}};
    Document::Table table{"",
                          {{"Description", Align::kStart, 50},
                           {"Quantity", Align::kEnd, 12},
                           {"Unit price", Align::kEnd, 14},
                           {"VAT", Align::kEnd, 9},
                           {"Amount", Align::kEnd, 15}},
                          {}};
    const std::vector<std::string> names{"Fibre 500 Home", "Fixed-line telephony", "Static IPv4",
                                         "Router rental",  "Mobile add-on L",      "Тариф «Север»"};
    for (int i = 0; i < rows; ++i) {
        Document::Row row;
        const int cents = 499 + 1371 * (i % 9) + (i % 5 == 4 ? 90000 : 0);
        row.cells = {fmt::format("{} {}", names[static_cast<std::size_t>(i) % names.size()], i + 1),
                     fmt::format("{}", 1 + i % 3), Amount(cents, ",", "."), "19%",
                     Amount(cents * (1 + i % 3), ",", ".")};
        if (i % 4 == 0) row.notes = {"1 March – 31 March 2026"};
        table.rows.push_back(row);
    }
    document.tables = {table};
    document.totals = {{"Subtotal", "€4,310.40", RowKind::kPlain},
                       {"VAT 19% on €4,310.40", "€818.98", RowKind::kPlain},
                       {"Credit from 2026-003901", "−€12.00", RowKind::kPlain},
                       {"Amount due", "€5,117.38", RowKind::kTotal}};
    document.notes = {{"Payment",
                       "We collect the amount due by SEPA direct debit on 15 April 2026 from the "
                       "account DE12 5001 0517 0648 4898 90, mandate NW-10482."},
                      {"", "Questions? Write to help@nordwelle.example or call +49 40 123 456."}};
    document.footer = {
        {"Nordwelle Energie GmbH", "Speicherstraße 14", "20457 Hamburg, Germany"},
        {"Managing director: Jana Börnsen", "Commercial register: HRB 123456",
         "Amtsgericht Hamburg"},
        {"VAT ID: DE123456789", "IBAN DE02 1203 0000 0000 2020 51", "BIC BYLADEM1001"}};
    return document;
}

Document ArabicSample(int rows) {
    Document document = Begin("ar", Document::Direction::kRightToLeft);
    document.brand.address = {"شركة نوردفيله للطاقة", "شارع الميناء ١٤، هامبورغ",
                              "nordwelle.example"};
    document.title = "فاتورة رقم \u20662026-004217\u2069";
    document.author = "Nordwelle Energie GmbH";
    document.subject = "فاتورة شهر مارس";
    document.page_number = "صفحة {page} من {pages}";
    document.blocks = {
        {"إلى",
         {"السيدة ليلى الحداد", "Œuvres & Fils S.à r.l.", "١٢ شارع السلام", "عمّان، الأردن"},
         {}},
        {"",
         {},
         {{"رقم الفاتورة", "2026-004217"},
          {"التاريخ", "١ أبريل ٢٠٢٦"},
          {"الفترة", "١ – ٣١ مارس ٢٠٢٦"},
          {"الهاتف", "+49 40 123 456"},
          {"تاريخ الاستحقاق", "١٥ أبريل ٢٠٢٦"}}}};
    Document::Table table{"",
                          {{"الوصف", Align::kStart, 50},
                           {"الكمية", Align::kEnd, 12},
                           {"سعر الوحدة", Align::kEnd, 16},
                           {"الضريبة", Align::kEnd, 10},
                           {"المبلغ", Align::kEnd, 16}},
                          {}};
    for (int i = 0; i < rows; ++i) {
        Document::Row row;
        const int cents = 499 + 1371 * (i % 9);
        row.cells = {fmt::format("إنترنت الألياف Fibre {}", 100 + i), fmt::format("{}", 1 + i % 3),
                     Amount(cents, ",", "."), "16%", Amount(cents * (1 + i % 3), ",", ".")};
        if (i % 4 == 0) row.notes = {"من ١ مارس إلى ٣١ مارس ٢٠٢٦"};
        table.rows.push_back(row);
    }
    document.tables = {table};
    document.totals = {{"المجموع الفرعي", "4,310.40 د.أ.‏", RowKind::kPlain},
                       {"ضريبة القيمة المضافة", "818.98 د.أ.‏", RowKind::kPlain},
                       {"المبلغ المستحق", "5,129.38 د.أ.‏", RowKind::kTotal}};
    document.notes = {{"الدفع",
                       "سنحصّل المبلغ المستحق بالخصم المباشر في ١٥ أبريل ٢٠٢٦ من الحساب رقم "
                       "JO94 CBJO 0010 0000 0000 0131 0003 02 بموجب التفويض NW-10482."}};
    document.footer = {{"شركة نوردفيله للطاقة", "شارع الميناء ١٤", "هامبورغ، ألمانيا"},
                       {"المديرة: يانا بورنسن", "السجل التجاري HRB 123456"},
                       {"الرقم الضريبي DE123456789", "IBAN DE02 1203 0000 0000 2020 51"}};
    return document;
}

Document ChineseSample(int rows) {
    Document document = Begin("zh-Hans", Document::Direction::kLeftToRight);
    document.brand.address = {"北浪能源有限公司", "上海市浦东新区世纪大道100号",
                              "nordwelle.example"};
    document.title = "账单 2026-004217";
    document.author = "Nordwelle Energie GmbH";
    document.subject = "2026年3月账单";
    document.page_number = "第 {page} 页，共 {pages} 页";
    document.blocks = {
        {"客户", {"王小明", "北京市朝阳区建国路88号", "邮编 100022"}, {}},
        {"",
         {},
         {{"账单编号", "2026-004217"}, {"日期", "2026年4月1日"}, {"到期日", "2026年4月15日"}}}};
    Document::Table table{"",
                          {{"项目", Align::kStart, 50},
                           {"数量", Align::kEnd, 12},
                           {"单价", Align::kEnd, 16},
                           {"税率", Align::kEnd, 10},
                           {"金额", Align::kEnd, 16}},
                          {}};
    const std::vector<std::string> names{"家庭光纤宽带500兆", "固定电话", "路由器租赁",
                                         "移动流量加油包", "静态地址"};
    for (int i = 0; i < rows; ++i) {
        Document::Row row;
        const int cents = 499 + 1371 * (i % 9);
        row.cells = {fmt::format("{} {}", names[static_cast<std::size_t>(i) % names.size()], i + 1),
                     fmt::format("{}", 1 + i % 3), Amount(cents, ",", "."), "6%",
                     Amount(cents * (1 + i % 3), ",", ".")};
        if (i % 4 == 0) row.notes = {"2026年3月1日至3月31日"};
        table.rows.push_back(row);
    }
    document.tables = {table};
    document.totals = {{"小计", "¥4,310.40", RowKind::kPlain},
                       {"增值税", "¥258.62", RowKind::kPlain},
                       {"应付金额", "¥4,569.02", RowKind::kTotal}};
    document.notes = {
        {"付款方式",
         "我们将于2026年4月15日从您的银行账户中自动扣除应付金额。如有疑问，请联系客服。"}};
    document.footer = {{"北浪能源有限公司", "上海市浦东新区世纪大道100号"},
                       {"统一社会信用代码 91310000MA1K", "电话 +86 21 1234 5678"}};
    return document;
}

}  // namespace livery::pdf
