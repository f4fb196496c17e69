#include "web/statement_page.h"

#include <algorithm>
#include <charconv>

#include <livery/http/page_routes.h>

#include "app/account_statement.h"
#include "storage/document_repository.h"
#include "web/document_text.h"

namespace livery::invoices {

namespace {

constexpr std::size_t kMostYears = 10;

int YearOf(Date date) { return static_cast<int>(std::chrono::year_month_day(date).year()); }

CivilTime BeginOf(int year) {
    return CivilTime(Date(std::chrono::year(year) / std::chrono::January / 1));
}

// The year that was asked for, else this one.
int ChosenYear(const RequestContext& r) {
    const std::string_view text = r.Query("year");
    int year = 0;
    std::from_chars(text.data(), text.data() + text.size(), year);
    const int now = YearOf(r.today());
    return year < now - 100 || year > now ? now : year;
}

std::string WhatOf(const StatementEntry& entry, const Formatter& t) {
    // A credit note is issued, too; what it does is the other way round.
    const bool gives = entry.fact == "issued" && entry.amount.minor_units() < 0;
    return t.Text("fact." + (gives ? std::string("note_issued") : entry.fact));
}

void ShowStatement(const AccountStatement& statement, const RequestContext& r, ViewModel& model) {
    const Formatter& t = r.format();
    const int year = ChosenYear(r);
    const Date last = std::min(r.today(), DayOf(BeginOf(year + 1)) - std::chrono::days(1));
    model.Set("currency", statement.currency.code())
        .Set("opening", t.Amount(statement.opening))
        .Set("opening_date", t.Day(DayOf(BeginOf(year))))
        .Set("closing", t.Amount(statement.closing))
        .Set("closing_date", t.Day(last));
    auto& rows = model.Rows("entries", statement.rows.size());
    for (const AccountStatement::Row& row : statement.rows) {
        rows.emplace_back()
            .Set("date", t.Day(DayOf(row.entry.at)))
            .Set("what", WhatOf(row.entry, t))
            .Flag("has_number", !row.entry.number.empty())
            .Set("number", row.entry.number)
            .Set("href", row.entry.document ? PathOf(*row.entry.document) : "")
            .Set("amount", t.Amount(row.entry.amount))
            .Set("balance", t.Amount(row.balance));
    }
}

void ShowYears(int first, const RequestContext& r, ViewModel& model) {
    const int now = YearOf(r.today());
    auto& rows = model.Rows("years");
    for (int year = now; year >= first && rows.size() < kMostYears; --year) {
        rows.emplace_back()
            .Set("label", std::to_string(year))
            .Set("href", "/invoices/statement?year=" + std::to_string(year))
            .Flag("current", year == ChosenYear(r));
    }
}

}  // namespace

Result<Reply> StatementPage::Show(const RequestContext& r) const {
    const int year = ChosenYear(r);
    const auto [statements, first_at] = StatementOf(database_, r.tenant().id, ledger_, AccountOf(r),
                                                    {BeginOf(year), BeginOf(year + 1)});
    const Formatter& t = r.format();
    View view{"statement", t.Text("statement.title"), {}, 200, {}};
    auto& currencies = view.model.Rows("currencies", statements.size());
    for (const AccountStatement& statement : statements)
        ShowStatement(statement, r, currencies.emplace_back());
    view.model.Flag("has_currencies", !statements.empty()).Set("range", std::to_string(year));
    ShowYears(first_at ? YearOf(DayOf(*first_at)) : year, r, view.model);
    return view;
}

void StatementPage::AddTo(Registrar& registrar) {
    PageRoutes<StatementPage>(registrar, *this)
        .GetReused("/invoices/statement", &StatementPage::Show, "Statement of account");
}

}  // namespace livery::invoices
