#include "api/contact_api.h"

#include <livery/api/page.h>
#include <livery/api/schema.h>

#include "api/account_api.h"
#include "storage/account_repository.h"

namespace livery::accounts {

using api::Call;
using api::Json;

namespace {

// The contact of the path, of the path's account alone.
Result<Contact> ContactIn(db::Transaction& tx, const Call& call, AccountId account) {
    const ContactId id = LIVERY_TRY(call.request.PathId<ContactId>("contact"));
    auto contact = AccountRepository::FindContact(tx, account, id);
    if (!contact) return NotFound("no such contact");
    return *std::move(contact);
}

// With what the body says; what is not there stays.
Contact With(Contact contact, const Json& body) {
    TakeOver(body, "name", contact.name);
    TakeOver(body, "email", contact.email);
    TakeOver(body, "role", contact.role);
    return contact;
}

Result<Json> Page(db::Transaction& tx, const Call& call) {
    const api::Paging paging = LIVERY_TRY(api::PagingOf(call));
    auto found = AccountRepository::ListContacts(tx, LIVERY_TRY(AccountIn(tx, call)),
                                                 LIVERY_TRY(api::PositionOf<ContactId>(paging)),
                                                 paging.limit + 1);
    const std::string next = api::CutToPage(found, paging);
    Json data = Json::array();
    for (const Contact& contact : found) data.push_back(JsonOf(contact));
    return api::ListReply(std::move(data), next);
}

}  // namespace

Result<Json> ContactApi::List(const Call& call) const {
    Result<Json> page = Json();
    database_.Transact(call.tenant().id, [&](db::Transaction& tx) { page = Page(tx, call); });
    return page;
}

Result<Json> ContactApi::Show(const Call& call) const {
    const auto shown = [&](db::Transaction& tx) -> Result<Json> {
        const AccountId account = LIVERY_TRY(call.request.PathId<AccountId>("id"));
        return JsonOf(LIVERY_TRY(ContactIn(tx, call, account)));
    };
    Result<Json> contact = Json();
    database_.Transact(call.tenant().id, [&](db::Transaction& tx) { contact = shown(tx); });
    return contact;
}

Result<Json> ContactApi::Keep(db::Transaction& tx, AccountId account,
                              const Contact& contact) const {
    LIVERY_TRY(Check(contact, identity_.IsEmail(contact.email)));
    AccountRepository::Save(tx, account, contact);
    tx.Touch(SubjectOf(account));
    return JsonOf(contact);
}

Result<Json> ContactApi::Make(db::Transaction& tx, const Call& call) const {
    const AccountId account = LIVERY_TRY(AccountIn(tx, call));
    return Keep(tx, account, With({ContactId(ids_.Next()), "", "", ""}, call.body));
}

Result<Json> ContactApi::Change(db::Transaction& tx, const Call& call) const {
    const AccountId account = LIVERY_TRY(call.request.PathId<AccountId>("id"));
    // Two that change different members are both heard.
    AccountRepository::Lock(tx, account);
    return Keep(tx, account, With(LIVERY_TRY(ContactIn(tx, call, account)), call.body));
}

Result<Json> ContactApi::Remove(db::Transaction& tx, const Call& call) const {
    const AccountId account = LIVERY_TRY(call.request.PathId<AccountId>("id"));
    AccountRepository::Lock(tx, account);
    const Contact contact = LIVERY_TRY(ContactIn(tx, call, account));
    AccountRepository::Remove(tx, account, contact.id);
    tx.Touch(SubjectOf(account));
    return JsonOf(contact);
}

void ContactApi::AddTo(Registrar& registrar) const {
    AddContactSchemas(registrar);
    const auto add = [&](Method method, const char* path, const char* id, const char* summary,
                         const char* body, const char* reply, int status, auto handler) {
        const bool reads = std::is_same_v<decltype(handler), api::Reading>;
        registrar.Add(api::Operation{
            method, path, id, "Accounts", reads ? "accounts:read" : "accounts:write", summary,
            method == Method::kDelete ? "The answer is the contact that was." : "",
            reply == std::string_view("ContactList") ? api::PagingParameters()
                                                     : std::vector<api::Parameter>{},
            body, reply, status, std::move(handler)});
    };
    const auto writing = [this](Result<Json> (ContactApi::*what)(db::Transaction&, const Call&)
                                    const) {
        return api::Writing([this, what](db::Transaction& tx, const Call& call) {
            return (this->*what)(tx, call);
        });
    };
    constexpr const char* kAll = "/api/v1/accounts/:id/contacts";
    constexpr const char* kOne = "/api/v1/accounts/:id/contacts/:contact";
    add(Method::kGet, kAll, "listContacts", "List an account's contacts", "", "ContactList", 200,
        api::Reading([this](const Call& call) { return List(call); }));
    add(Method::kGet, kOne, "getContact", "One contact", "", "Contact", 200,
        api::Reading([this](const Call& call) { return Show(call); }));
    add(Method::kPost, kAll, "addContact", "Add a contact", "NewContact", "Contact", 201,
        writing(&ContactApi::Make));
    add(Method::kPatch, kOne, "changeContact", "Change a contact", "ContactChange", "Contact", 200,
        writing(&ContactApi::Change));
    add(Method::kDelete, kOne, "removeContact", "Remove a contact", "", "Contact", 200,
        writing(&ContactApi::Remove));
}

}  // namespace livery::accounts
