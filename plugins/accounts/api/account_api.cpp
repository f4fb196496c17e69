#include "api/account_api.h"

#include <livery/api/page.h>
#include <livery/api/schema.h>

#include "api/address_api.h"
#include "app/address_book.h"
#include "storage/profile_repository.h"

namespace livery::accounts {

using api::Call;
using api::Json;

namespace {

std::string TextOf(const Json& body, const char* name) {
    return body.contains(name) ? body.at(name).get<std::string>() : "";
}

// Takes over what the body says; kInvalidArgument as a form would.
Result<void> Take(const Json& body, BillingFacts& facts) {
    TakeOver(body, "name", facts.name);
    if (const std::string wrong = WrongName(facts.name); !wrong.empty())
        return InvalidField("name", wrong);
    TakeOver(body, "account_class", facts.account_class);
    TakeOver(body, "customer_class", facts.customer_class);
    if (body.contains("vat_id") && TextOf(body, "vat_id") != facts.vat_id) {
        facts.vat_id = TextOf(body, "vat_id");
        facts.vat_id_valid = std::nullopt;
    }
    return {};
}

Result<void> Save(db::Transaction& tx, AccountId id, const Json& body) {
    auto found = ProfileRepository::List(tx, id, id);
    if (found.empty()) return NotFound("no such account");
    LIVERY_TRY(Take(body, found.front()));
    ProfileRepository::Save(tx, found.front());
    tx.Touch(SubjectOf(id));
    return {};
}

}  // namespace

Result<AccountId> AccountIn(db::Transaction& tx, const Call& call) {
    const AccountId id = LIVERY_TRY(call.request.PathId<AccountId>("id"));
    if (!AccountRepository::FindSummary(tx, id)) return NotFound("no such account");
    return id;
}

void TakeOver(const Json& body, const char* name, std::string& member) {
    if (body.contains(name)) member = body.at(name).get<std::string>();
}

Result<Json> Shown(db::Transaction& tx, AccountId id) {
    const auto account = AccountRepository::FindSummary(tx, id);
    if (!account) return NotFound("no such account");
    return JsonOf(*account, AccountRepository::ListAddresses(tx, id));
}

Result<Json> AccountApi::List(const Call& call) const {
    const api::Paging paging = LIVERY_TRY(api::PagingOf(call));
    auto found = AccountRepository::ListSummaries(database_, call.tenant().id,
                                                  LIVERY_TRY(api::PositionOf<AccountId>(paging)),
                                                  paging.limit + 1);
    const std::string next = api::CutToPage(found, paging);
    Json data = Json::array();
    for (const auto& account : found) data.push_back(JsonOf(account));
    return api::ListReply(std::move(data), next);
}

Result<Json> AccountApi::Show(const Call& call) const {
    const AccountId id = LIVERY_TRY(call.request.PathId<AccountId>("id"));
    Result<Json> shown = Json();
    database_.Transact(call.tenant().id, [&](db::Transaction& tx) { shown = Shown(tx, id); });
    return shown;
}

Result<Json> AccountApi::Make(db::Transaction& tx, const Call& call) const {
    const AccountId id(ids_.Next());
    AccountRepository::Insert(tx, id, TextOf(call.body, "name"), clock_.Now());
    LIVERY_TRY(Save(tx, id, call.body));
    if (call.body.contains("address"))
        LIVERY_TRY(KeepAddress(tx, id, AddressOf(AddressId(ids_.Next()), call.body.at("address"))));
    return Shown(tx, id);
}

Result<Json> AccountApi::Change(db::Transaction& tx, const Call& call) const {
    const AccountId id = LIVERY_TRY(call.request.PathId<AccountId>("id"));
    LIVERY_TRY(Save(tx, id, call.body));
    return Shown(tx, id);
}

void AccountApi::AddTo(Registrar& registrar) const {
    AddAccountSchemas(registrar);
    const auto add = [&](Method method, const char* path, const char* id, const char* summary,
                         const char* body, const char* reply, int status, auto handler) {
        const bool reads = std::is_same_v<decltype(handler), api::Reading>;
        registrar.Add(api::Operation{
            method, path, id, "Accounts", reads ? "accounts:read" : "accounts:write", summary, "",
            reply == std::string_view("AccountList") ? api::PagingParameters()
                                                     : std::vector<api::Parameter>{},
            body, reply, status, std::move(handler)});
    };
    const auto writing = [this](Result<Json> (AccountApi::*what)(db::Transaction&, const Call&)
                                    const) {
        return api::Writing([this, what](db::Transaction& tx, const Call& call) {
            return (this->*what)(tx, call);
        });
    };
    add(Method::kGet, "/api/v1/accounts", "listAccounts", "List accounts", "", "AccountList", 200,
        api::Reading([this](const Call& call) { return List(call); }));
    add(Method::kGet, "/api/v1/accounts/:id", "getAccount", "One account", "", "Account", 200,
        api::Reading([this](const Call& call) { return Show(call); }));
    add(Method::kPost, "/api/v1/accounts", "createAccount", "Make an account", "NewAccount",
        "Account", 201, writing(&AccountApi::Make));
    add(Method::kPatch, "/api/v1/accounts/:id", "changeAccount", "Change an account",
        "AccountChange", "Account", 200, writing(&AccountApi::Change));
}

}  // namespace livery::accounts
