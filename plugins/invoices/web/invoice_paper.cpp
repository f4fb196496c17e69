#include "web/invoice_paper.h"

#include "web/document_text.h"

namespace livery::invoices {

namespace {

using Sheet = livery::Document;

void AddIfAny(std::vector<std::string>& lines, const std::string& line) {
    if (!line.empty()) lines.push_back(line);
}

std::string CityLine(const std::string& postcode, const std::string& city,
                     const std::string& region) {
    std::string line = postcode;
    for (const std::string& part : {city, region}) {
        if (!part.empty()) line += (line.empty() ? "" : " ") + part;
    }
    return line;
}

template <class Party>
std::vector<std::string> AddressOf(const Party& party) {
    std::vector<std::string> lines;
    AddIfAny(lines, party.line1);
    AddIfAny(lines, party.line2);
    AddIfAny(lines, CityLine(party.postcode, party.city, party.region));
    AddIfAny(lines, party.country);
    return lines;
}

Sheet::Brand BrandOf(const Paper& paper) {
    std::vector<std::string> address{paper.seller.name};
    for (std::string& line : AddressOf(paper.seller)) address.push_back(std::move(line));
    return {paper.tenant.name, paper.tenant.logo_svg, paper.tenant.brand_color, address};
}

std::vector<Sheet::Block> BlocksOf(const Paper& paper, const Formatter& t) {
    const Document& document = paper.document;
    Sheet::Block buyer{t.Text("paper.bill_to"), {document.buyer.name}, {}};
    for (std::string& line : AddressOf(document.buyer)) buyer.lines.push_back(std::move(line));
    if (!document.buyer.vat_id.empty())
        buyer.lines.push_back(t.Text("paper.vat_id") + " " + document.buyer.vat_id);
    Sheet::Block facts{"", {}, {}};
    facts.facts.push_back({t.Text("paper.number"), document.number});
    facts.facts.push_back({t.Text("paper.date"), t.Day(DayOf(document.issued_at))});
    if (document.kind == DocumentKind::kInvoice)
        facts.facts.push_back({t.Text("paper.due"), t.Day(document.due_on)});
    if (const auto period = document.Period())
        facts.facts.push_back({t.Text("paper.period"), SpanText(*period, t)});
    if (!paper.corrects_number.empty())
        facts.facts.push_back({t.Text("paper.corrects"), paper.corrects_number});
    return {buyer, facts};
}

Sheet::Table TableOf(const Document& document, const Formatter& t) {
    using Align = Sheet::Align;
    Sheet::Table table{"",
                       {{t.Text("paper.what"), Align::kStart, 6},
                        {t.Text("paper.quantity"), Align::kEnd, 1},
                        {t.Text("paper.unit_price"), Align::kEnd, 2},
                        {t.Text("paper.net"), Align::kEnd, 2}},
                       {}};
    for (const Line& line : document.lines) {
        const bool priced = HasPrice(line);
        Sheet::Row row{
            {LineTitle(line, t), priced ? t.Number(line.quantity) : "",
             priced ? t.UnitPrice(line.unit_price, document.currency) : "", t.Amount(line.net)},
            {},
            Sheet::RowKind::kPlain};
        AddIfAny(row.notes, SpanText(line.covers, t));
        AddIfAny(row.notes, line.site);
        if (!line.share.IsWhole()) row.notes.push_back(ProductText(line, t));
        if (line.discount.minor_units() != 0) {
            const std::string off = t.Amount(line.discount);
            row.notes.push_back(t.Text("paper.discount", {{"amount", off}}));
        }
        table.rows.push_back(std::move(row));
    }
    return table;
}

void AddTotals(const Document& document, const Formatter& t, Sheet& sheet) {
    sheet.totals.push_back({t.Text("paper.net_total"), t.Amount(document.Net())});
    for (const TaxTotal& sum : TaxTotalsOf(document)) {
        sheet.totals.push_back({TaxText(sum, t), t.Amount(sum.amount)});
        if (!sum.note.empty()) sheet.notes.push_back({"", sum.note});
    }
    sheet.totals.push_back(
        {t.Text("paper.total"), t.Amount(document.Total()), Sheet::RowKind::kTotal});
    if (const auto report = document.ReportTotal())
        sheet.totals.push_back({t.Text("paper.report_total"), t.Amount(*report)});
}

// What a credit note was used for when it was made: that never changes.
void AddUses(const Paper& paper, const Formatter& t, Sheet& sheet) {
    const Document& note = paper.document;
    const auto add = [&](const std::string& what, const Money& amount) {
        if (amount.minor_units() == 0) return;
        const std::string text = t.Amount(amount);
        sheet.notes.push_back({"", t.Text("paper.use", {{"what", what}, {"amount", text}})});
    };
    add(t.Text("detail.refunded"), note.refunded);
    Money rest = note.account_credit;
    for (const SetOff& one : paper.set_off) {
        add(t.Text("detail.set_off", {{"number", one.number}}), one.amount);
        rest = rest - one.amount;
    }
    add(t.Text("detail.to_credit"), rest);
}

void AddNotes(const Paper& paper, const Formatter& t, Sheet& sheet) {
    if (paper.document.kind != DocumentKind::kInvoice) return AddUses(paper, t, sheet);
    const std::string due = t.Day(paper.document.due_on, Formatter::DateStyle::kLong);
    const std::string number = paper.document.number;
    sheet.notes.push_back({"", t.Text("paper.please_pay", {{"date", due}, {"number", number}})});
}

std::vector<std::vector<std::string>> FooterOf(const Paper& paper, const Formatter& t) {
    const Seller& seller = paper.seller;
    std::vector<std::string> who{seller.name};
    AddIfAny(who, seller.legal_id);
    if (!seller.vat_id.empty()) who.push_back(t.Text("paper.vat_id") + " " + seller.vat_id);
    AddIfAny(who, seller.tax_registration);
    std::vector<std::string> bank;
    if (!seller.iban.empty()) bank.push_back("IBAN " + seller.iban);
    if (!seller.bic.empty()) bank.push_back("BIC " + seller.bic);
    std::vector<std::string> contact;
    AddIfAny(contact, seller.email.empty() ? paper.tenant.support_email : seller.email);
    std::vector<std::vector<std::string>> footer{who};
    if (!bank.empty()) footer.push_back(bank);
    if (!contact.empty()) footer.push_back(contact);
    return footer;
}

}  // namespace

livery::Document PaperOf(const Paper& paper, const Formatter& t) {
    const Document& document = paper.document;
    Sheet sheet;
    sheet.language = t.language();
    sheet.direction =
        t.right_to_left() ? Sheet::Direction::kRightToLeft : Sheet::Direction::kLeftToRight;
    sheet.brand = BrandOf(paper);
    sheet.title = KindText(document.kind, t) + " " + document.number;
    sheet.blocks = BlocksOf(paper, t);
    sheet.tables.push_back(TableOf(document, t));
    AddTotals(document, t, sheet);
    AddNotes(paper, t, sheet);
    sheet.footer = FooterOf(paper, t);
    sheet.page_number = t.Text("paper.page");
    sheet.author = paper.seller.name;
    sheet.subject = sheet.title;
    sheet.created = Instant(document.issued_at);
    return sheet;
}

}  // namespace livery::invoices
