#include "web/invoice_model.h"

#include "web/document_text.h"

namespace livery::invoices {

namespace {

void ShowRow(const DocumentRow& listed, Date today, const Formatter& t, ViewModel& row) {
    const std::string state = StateOf(listed, today);
    const std::string path = PathOf(listed.id);
    const bool note = listed.kind == DocumentKind::kCreditNote;
    row.Set("number", listed.number)
        .Set("kind", note ? KindText(listed.kind, t) : "")
        .Set("href", path)
        .Set("pdf_href", path + "/pdf")
        .Set("date", t.Day(DayOf(listed.issued_at)))
        .Set("due", note ? "—" : t.Day(listed.due_on))
        .Set("period", listed.period ? SpanText(*listed.period, t) : "—")
        .Set("total", t.Amount(listed.total))
        .Set("paid", note ? "—" : t.Amount(listed.paid))
        .Set("balance", note ? "—" : t.Amount(listed.balance))
        .Set("state", state)
        .Set("state_label", StateText(state, t))
        .Flag("is_note", note);
}

void ShowLines(const Document& document, const Formatter& t, ViewModel& model) {
    auto& rows = model.Rows("lines", document.lines.size());
    for (const Line& line : document.lines) {
        std::string taxes;
        for (const billing::LineTax& tax : line.taxes) {
            taxes += (taxes.empty() ? "" : ", ") + tax.name;
            if (!IsPerUnit(tax.rate, tax.amount)) taxes += " " + t.Number(tax.rate) + "\u00a0%";
        }
        const std::string covers = SpanText(line.covers, t);
        rows.emplace_back()
            .Set("title", LineTitle(line, t))
            .Set("covers", covers)
            .Flag("has_covers", !covers.empty())
            .Set("site", line.site)
            .Flag("has_site", !line.site.empty())
            .Set("product", ProductText(line, t))
            .Set("discount", t.Amount(Money(0, line.amount.currency()) - line.discount))
            .Flag("has_discount", line.discount.minor_units() != 0)
            .Set("taxes", taxes.empty() ? t.Text("detail.no_tax") : taxes)
            .Set("net", t.Amount(line.net))
            .Set("why_href", PathOf(document.id) + "/lines/" + line.id.ToString());
    }
}

void ShowTaxes(const Document& document, const Formatter& t, ViewModel& model) {
    auto& rows = model.Rows("taxes_by_rate");
    for (const TaxTotal& sum : TaxTotalsOf(document)) {
        rows.emplace_back()
            .Set("label", TaxText(sum, t))
            .Set("amount", t.Amount(sum.amount))
            .Set("note", sum.note)
            .Flag("has_note", !sum.note.empty());
    }
}

// Rows of what became of a document, with their amounts.
class Settlement {
 public:
    Settlement(ViewModel::List& rows, const Formatter& t) : rows_(rows), t_(t) {}
    void Add(const std::string& label, const Money& amount, const std::string& href = "") {
        if (amount.minor_units() == 0) return;
        rows_.emplace_back()
            .Set("label", label)
            .Set("amount", t_.Amount(amount))
            .Set("href", href)
            .Flag("has_href", !href.empty());
    }
    // The other documents that it was settled with; together they come to the answer.
    Money Add(const std::vector<SetOff>& set_off, const char* word, int sign, Currency currency) {
        const Money zero(0, currency);
        Money sum = zero;
        for (const SetOff& one : set_off) {
            Add(t_.Text(word, {{"number", one.number}}), sign < 0 ? zero - one.amount : one.amount,
                PathOf(one.document));
            sum = sum + one.amount;
        }
        return sum;
    }

 private:
    ViewModel::List& rows_;
    const Formatter& t_;
};

// What an invoice's total became what is still to be paid by.
void ShowSince(const ShownDocument& shown, const Formatter& t, ViewModel::List& rows) {
    const Document& document = shown.document;
    const Money zero(0, document.currency);
    Settlement settlement(rows, t);
    Money by_others = document.paid;
    for (const Payment& payment : shown.payments) {
        for (const SettledPart& part : payment.parts) {
            if (part.invoice != document.id) continue;
            const std::string day = t.Day(DayOf(payment.at));
            settlement.Add(
                t.Text("detail.paid_on", {{"date", day}, {"reference", payment.reference}}),
                zero - part.amount);
            by_others = by_others - part.amount;
        }
    }
    settlement.Add(t.Text("fact.paid_by_parent"), zero - by_others);
    const Money set_off = settlement.Add(shown.set_off, "detail.set_off_by", -1, document.currency);
    settlement.Add(t.Text("detail.credit_used"), document.account_credit + set_off);
    settlement.Add(t.Text("detail.refunded"), document.refunded);
    settlement.Add(t.Text("detail.written_off"), zero - document.written_off);
}

// What a credit note's amount was used for.
void ShowUse(const ShownDocument& shown, const Formatter& t, ViewModel::List& rows) {
    const Document& note = shown.document;
    Settlement settlement(rows, t);
    settlement.Add(t.Text("detail.refunded"), note.refunded);
    const Money set_off = settlement.Add(shown.set_off, "detail.set_off", 1, note.currency);
    settlement.Add(t.Text("detail.to_credit"), note.account_credit - set_off);
}

void ShowNotes(const std::vector<ListedDocument>& notes, const Formatter& t, ViewModel& model) {
    auto& rows = model.Rows("notes", notes.size());
    for (const ListedDocument& note : notes) {
        rows.emplace_back()
            .Set("number", note.document.number)
            .Set("href", PathOf(note.document.id))
            .Set("amount", t.Amount(note.Total()));
    }
    model.Flag("has_notes", !notes.empty());
}

// What happened to it since it was sent.
void ShowSettlement(const ShownDocument& shown, const Formatter& t, ViewModel& model) {
    const Document& document = shown.document;
    const bool note = document.kind == DocumentKind::kCreditNote;
    auto& rows = model.Rows("settlement");
    note ? ShowUse(shown, t, rows) : ShowSince(shown, t, rows);
    const Money comes_to =
        note ? Money(0, document.currency) - document.Total() : document.Balance();
    model.Flag("has_settlement", !rows.empty())
        .Set("settlement_title", t.Text(note ? "detail.used" : "detail.since"))
        .Set("figure_title", t.Text(note ? "detail.given" : "detail.balance"))
        .Set("figure", t.Amount(comes_to));
    ShowNotes(shown.notes, t, model);
}

}  // namespace

void ShowList(const ListPage& page, Date today, const Formatter& t, ViewModel& model) {
    auto& rows = model.Rows("rows", page.rows.size());
    for (const DocumentRow& listed : page.rows) ShowRow(listed, today, t, rows.emplace_back());
    model.Flag("has_rows", !page.rows.empty());
}

void ShowStandings(const std::vector<Standing>& standings, const Formatter& t, ViewModel& model) {
    auto& rows = model.Rows("standings", standings.size());
    for (const Standing& standing : standings) {
        rows.emplace_back()
            .Set("owed", t.Amount(standing.owed))
            .Set("overdue", t.Amount(standing.overdue))
            .Flag("has_overdue", standing.overdue.minor_units() > 0)
            .Set("credit", t.Amount(standing.credit))
            .Flag("has_credit", standing.credit.minor_units() > 0);
    }
    model.Flag("has_standings", !standings.empty());
}

void ShowDocument(const ShownDocument& shown, Date today, const Formatter& t, ViewModel& model) {
    const Document& document = shown.document;
    const bool note = document.kind == DocumentKind::kCreditNote;
    const std::string state = StateOf(document, today);
    const std::string path = PathOf(document.id);
    const auto period = document.Period();
    model.Set("number", document.number)
        .Set("kind", KindText(document.kind, t))
        .Set("state", state)
        .Set("state_label", StateText(state, t))
        .Set("date", t.Day(DayOf(document.issued_at), Formatter::DateStyle::kLong))
        .Set("due", t.Day(document.due_on, Formatter::DateStyle::kLong))
        .Flag("has_due", !note)
        .Set("period", period ? SpanText(*period, t) : "")
        .Flag("has_period", period.has_value())
        .Set("net", t.Amount(document.Net()))
        .Set("total", t.Amount(document.Total()))
        .Set("buyer", document.buyer.name)
        .Flag("has_buyer", !document.buyer.name.empty())
        .Set("pdf_href", path + "/pdf")
        .Set("ubl_href", path + "/ubl")
        .Set("cii_href", path + "/cii")
        .Flag("corrects", shown.corrected != nullptr)
        .Set("corrects_number", shown.corrected == nullptr ? "" : shown.corrected->number)
        .Set("corrects_href", shown.corrected == nullptr ? "" : PathOf(shown.corrected->id))
        .Set("id_text", document.id.ToString());
    const auto report = document.ReportTotal();
    model.Flag("has_report", report.has_value())
        .Set("report_total", report ? t.Amount(*report) : "");
    ShowLines(document, t, model);
    ShowTaxes(document, t, model);
    ShowSettlement(shown, t, model);
}

void ShowLeftOut(const std::vector<LeftOut>& left_out, std::size_t others, const std::string& href,
                 const Formatter& t, ViewModel& model) {
    model.Flag("has_left_out", !left_out.empty());
    if (left_out.empty()) return;
    const auto count = static_cast<std::int64_t>(left_out.size());
    const auto rest = static_cast<std::int64_t>(others);
    model.Flag("has_others", others > 0)
        .Set("left_out_title", t.Text("export.left_out", {{"count", count}}))
        .Set("left_out_text", t.Text(others > 0 ? "export.left_out_text" : "export.left_out_none"))
        .Set("left_out_href", href)
        .Set("left_out_download", t.Text("export.left_out_download", {{"count", rest}}));
    auto& rows = model.Rows("left_out", left_out.size());
    for (const LeftOut& document : left_out) {
        rows.emplace_back()
            .Set("number", document.number)
            .Set("href", document.href)
            .Set("why", document.why);
    }
}

void ShowPending(const std::vector<ListedDocument>& pending, const Formatter& t, ViewModel& model) {
    auto& rows = model.Rows("pending", pending.size());
    for (const ListedDocument& listed : pending) {
        rows.emplace_back()
            .Set("href", PathOf(listed.document.id))
            .Set("date", t.Day(DayOf(listed.document.made_at)))
            .Set("net", t.Amount(listed.net))
            .Set("state_label", StateText("pending_tax", t));
    }
    model.Flag("has_pending", !pending.empty());
}

void ShowPendingDocument(const Document& document, const Formatter& t, ViewModel& model) {
    model.Set("since", t.Day(DayOf(document.made_at), Formatter::DateStyle::kLong))
        .Set("net", t.Amount(document.Net()))
        .Set("state_label", StateText("pending_tax", t));
    ShowLines(document, t, model);
}

void ShowExport(const ExportForm& form, const Formatter& t, ViewModel& model) {
    const std::chrono::year_month_day today(form.today);
    const Date first = std::chrono::sys_days(today.year() / std::chrono::January / 1);
    model.Set("export_from", form.from.empty() ? ToIso(first) : std::string(form.from))
        .Set("export_to", form.to.empty() ? ToIso(form.today) : std::string(form.to))
        .Flag("from_bad", form.bad_field == "from")
        .Flag("to_bad", form.bad_field == "to")
        .Flag("format_bad", form.bad_field == "format")
        .Set("export_error", form.error);
    auto& rows = model.Rows("export_formats");
    for (const char* name : {"csv", "json", "ubl", "cii"}) {
        const std::string format(name);
        if (!form.has_xml && format != "csv" && format != "json") continue;
        rows.emplace_back()
            .Set("value", format)
            .Set("label", t.Text("export." + format))
            .Flag("selected", form.format == format);
    }
}

}  // namespace livery::invoices
