#include "api/range_api.h"

#include <livery/api/schema.h>

#include "app/account_statement.h"
#include "app/document_export.h"
#include "app/document_json.h"
#include "storage/document_repository.h"

namespace livery::invoices {

using api::Call;
using api::Json;

namespace {

// As many as an answer may hold; who needs more asks for a shorter time.
constexpr std::size_t kMostDocuments = 1000;

Result<Date> DayIn(const Call& call, const char* name) {
    const auto day = ParseDate(call.request.Query(name));
    if (!day) return InvalidField(name, "error.date");
    return *day;
}

Json StatementJson(const AccountStatement& statement) {
    Json entries = Json::array();
    for (const AccountStatement::Row& row : statement.rows)
        entries.push_back(
            {{"at", api::CivilOf(row.entry.at)},
             {"fact", row.entry.fact},
             {"document", api::IdOrNull(row.entry.document)},
             {"number", row.entry.number.empty() ? Json(nullptr) : Json(row.entry.number)},
             {"amount", api::MoneyOf(row.entry.amount)},
             {"balance", api::MoneyOf(row.balance)}});
    return {{"currency", statement.currency.code()},
            {"opening", api::MoneyOf(statement.opening)},
            {"entries", std::move(entries)},
            {"closing", api::MoneyOf(statement.closing)}};
}

}  // namespace

Result<RangeApi::Range> RangeApi::RangeOf(const Call& call) const {
    const Range range{LIVERY_TRY(call.request.PathId<AccountId>("id")),
                      LIVERY_TRY(DayIn(call, "from")), LIVERY_TRY(DayIn(call, "to"))};
    if (range.last < range.first) return InvalidField("to", "error.date_order");
    Result<BillingProfile> known = NotFound("no such account");
    database_.Transact(call.tenant().id,
                       [&](db::Transaction& tx) { known = profiles_.Of(tx, range.account); });
    if (!known) return std::move(known.error());
    return range;
}

Result<std::vector<Document>> RangeApi::DocumentsIn(const Call& call, const Range& range) const {
    auto documents =
        DocumentRepository::InRange(database_, call.tenant().id, range.account,
                                    {range.first, range.last, std::nullopt, kMostDocuments + 1});
    if (documents.size() > kMostDocuments) return InvalidField("from", "error.too_many");
    return documents;
}

Result<Json> RangeApi::Documents(const Call& call) const {
    const Range range = LIVERY_TRY(RangeOf(call));
    Json data = Json::array();
    for (const Document& document : LIVERY_TRY(DocumentsIn(call, range)))
        data.push_back(JsonOf(document, call.request.today()));
    return Json{{"documents", std::move(data)}};
}

Result<api::File> RangeApi::Csv(const Call& call) const {
    const Range range = LIVERY_TRY(RangeOf(call));
    return api::File{CsvOf(LIVERY_TRY(DocumentsIn(call, range)), call.request.today()),
                     "text/csv; charset=utf-8",
                     "invoices-" + ToIso(range.first) + "-" + ToIso(range.last) + ".csv"};
}

Result<Json> RangeApi::ShowStatement(const Call& call) const {
    const Range range = LIVERY_TRY(RangeOf(call));
    const CivilTime end(range.last + std::chrono::days(1));
    const auto stated = StatementOf(database_, call.tenant().id, ledger_, range.account,
                                    {CivilTime(range.first), end});
    Json currencies = Json::array();
    for (const AccountStatement& statement : stated.statements)
        currencies.push_back(StatementJson(statement));
    return Json{{"currencies", std::move(currencies)}};
}

void RangeApi::AddTo(Registrar& registrar) const {
    AddRangeSchemas(registrar);
    const auto add = [&](const char* path, const char* id, const char* summary,
                         const char* description, const char* reply, auto handler,
                         std::vector<std::string> files) {
        const std::vector<api::Parameter> days{
            {"from", "The first day.", api::DayText("A day: 2026-01-01"), true},
            {"to", "The last day.", api::DayText("A day: 2026-03-31"), true}};
        registrar.Add(api::Operation{Method::kGet, std::string("/api/v1/accounts/:id/") + path, id,
                                     "Invoices", "invoices:read", summary, description, days, "",
                                     reply, 200, std::move(handler), std::move(files)});
    };
    add("documents", "exportDocuments", "An account's documents of some days",
        "Invoices and credit notes with their lines, the oldest first; at most a thousand.",
        "DocumentExport", api::Reading([this](const Call& call) { return Documents(call); }), {});
    add("documents/csv", "exportDocumentsCsv", "The same as a table",
        "One row per line, as the portal exports it: UTF-8 with a byte order mark, RFC 4180.", "",
        api::Delivering([this](const Call& call) { return Csv(call); }), {"text/csv"});
    add("statement", "getStatement", "An account's statement of some days",
        "From the ledger: what was owed, all that changed it, what is owed. Less than nothing is "
        "credit.",
        "Statement", api::Reading([this](const Call& call) { return ShowStatement(call); }), {});
}

}  // namespace livery::invoices
