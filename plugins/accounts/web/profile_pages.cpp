#include "web/profile_pages.h"

#include <algorithm>

#include <livery/db/attempt.h>
#include <livery/http/form_again.h>
#include <livery/http/page_routes.h>

#include "app/address_book.h"
#include "storage/account_repository.h"
#include "web/profile_forms.h"

namespace livery::accounts {

namespace {

std::string Field(const RequestContext& r, std::string_view name) {
    return std::string(r.Form(name));
}

// The thing that the path names, among the account's own; a nil one for `/new`.
template <class Thing, class TypedId>
Result<Thing> Named(const RequestContext& r, const std::vector<Thing>& own) {
    if (r.Path("id").empty()) return Thing{};
    const TypedId id = LIVERY_TRY(r.PathId<TypedId>("id"));
    const auto found =
        std::find_if(own.begin(), own.end(), [&](const Thing& thing) { return thing.id == id; });
    if (found == own.end()) return NotFound("not there, or not theirs");
    return *found;
}

std::string OneLine(const Address& a) {
    std::string text = a.line1;
    for (const std::string& part : {a.line2, a.postal_code + " " + a.city}) {
        if (!part.empty()) text += ", " + part;
    }
    return text;
}

Result<void> Keep(db::Transaction& tx, AccountId account, const Address& address) {
    return KeepAddress(tx, account, address);
}
Result<void> Keep(db::Transaction& tx, AccountId account, const Contact& contact) {
    AccountRepository::Save(tx, account, contact);
    return {};
}

Result<void> TakeAway(db::Transaction& tx, AccountId account, AddressId id) {
    return RemoveAddress(tx, account, id);
}
Result<void> TakeAway(db::Transaction& tx, AccountId account, ContactId id) {
    if (AccountRepository::Remove(tx, account, id) == 0)
        return NotFound("not there, or not theirs");
    return {};
}

std::string_view ActionOf(const Address&) { return "address"; }
std::string_view ActionOf(AddressId) { return "address"; }
std::string_view ActionOf(const Contact&) { return "contact"; }
std::string_view ActionOf(ContactId) { return "contact"; }

}  // namespace

// Pages that show the account are stale from here on, and the audit log has it.
void ProfilePages::Note(db::Transaction& tx, const RequestContext& r, const std::string& action,
                        const std::string& detail) const {
    tx.Touch(r.visitor().subject);
    audit_.Record(
        tx, {action, r.visitor().user, r.visitor().subject, r.request().client_address, detail});
}

Result<Reply> ProfilePages::Show(const RequestContext& r) const {
    const Formatter& t = r.format();
    View view{"profile", t.Text("profile.title"), {}, 200, {}};
    const Visitor& visitor = r.visitor();
    view.model.Set("name", visitor.display_name)
        .Set("email", visitor.email)
        .Set("language", t.Text("language." + std::string(t.language())));
    view.model.Set("time_zone",
                   visitor.time_zone.empty() ? r.tenant().time_zone : visitor.time_zone);
    const auto addresses = AccountRepository::ListAddresses(database_, r.tenant().id, AccountOf(r));
    auto& address_rows =
        view.model.Flag("has_addresses", !addresses.empty()).Rows("addresses", addresses.size());
    for (const Address& a : addresses) {
        address_rows.emplace_back()
            .Set("label", a.label.empty() ? a.city : a.label)
            .Set("text", OneLine(a))
            .Set("country", t.Text("country." + a.country))
            .Set("href", "/profile/addresses/" + a.id.ToString());
    }
    const auto contacts = AccountRepository::ListContacts(database_, r.tenant().id, AccountOf(r));
    auto& contact_rows =
        view.model.Flag("has_contacts", !contacts.empty()).Rows("contacts", contacts.size());
    for (const Contact& c : contacts) {
        contact_rows.emplace_back()
            .Set("label", c.name)
            .Set("text", c.email)
            .Set("role", t.Text("role." + c.role))
            .Set("href", "/profile/contacts/" + c.id.ToString());
    }
    return view;
}

Result<Reply> ProfilePages::ShowPreferences(const RequestContext& r) const {
    const Visitor& visitor = r.visitor();
    return ToView(
        PreferencesForm(r, {visitor.display_name, ShownLocale(r),
                            visitor.time_zone.empty() ? r.tenant().time_zone : visitor.time_zone,
                            visitor.color_scheme.empty() ? "auto" : visitor.color_scheme}));
}

Result<Reply> ProfilePages::SavePreferences(const RequestContext& r) const {
    const PreferenceValues values{Field(r, "name"), Field(r, "language"), Field(r, "time_zone"),
                                  Field(r, "scheme")};
    FormPage form = PreferencesForm(r, values);
    const auto& locales = r.tenant().locales;
    if (const std::string wrong = WrongName(values.name); !wrong.empty())
        form.fields[0].error = r.format().Text(wrong);
    if (std::find(locales.begin(), locales.end(), values.locale) == locales.end())
        form.fields[1].error = r.format().Text("error.choice");
    if (!IsOfferedZone(r, values.time_zone)) form.fields[2].error = r.format().Text("error.choice");
    if (values.scheme != "auto" && values.scheme != "light" && values.scheme != "dark")
        form.fields[3].error = r.format().Text("error.choice");
    const bool wrong = std::any_of(form.fields.begin(), form.fields.end(),
                                   [](const FormField& field) { return !field.error.empty(); });
    if (wrong) return ToView(form);
    database_.Transact(r.tenant().id, [&](db::Transaction& tx) {
        identity_.UpdatePreferences(tx, r.visitor().user,
                                    {values.name, values.locale, values.time_zone, values.scheme});
        AccountRepository::Rename(tx, AccountOf(r), r.visitor().display_name, values.name);
    });
    return Redirect{"/profile", "notice.saved"};
}

Result<Address> ProfilePages::NamedAddress(const RequestContext& r) const {
    return Named<Address, AddressId>(
        r, AccountRepository::ListAddresses(database_, r.tenant().id, AccountOf(r)));
}

Result<Contact> ProfilePages::NamedContact(const RequestContext& r) const {
    return Named<Contact, ContactId>(
        r, AccountRepository::ListContacts(database_, r.tenant().id, AccountOf(r)));
}

// Keeps the thing, a new one under a new id, or shows its form again with what is wrong.
template <class Thing>
Result<Reply> ProfilePages::Save(const RequestContext& r, Thing thing, const Result<void>& fine,
                                 FormPage form) const {
    if (!fine) return FormAgain(r, std::move(form), fine.error());
    if (thing.id.IsNil()) thing.id = decltype(thing.id)(ids_.Next());
    const auto kept =
        db::Attempt<void>(database_, r.tenant().id, [&](db::Transaction& tx) -> Result<void> {
            LIVERY_TRY(Keep(tx, AccountOf(r), thing));
            Note(tx, r, std::string(ActionOf(thing)) + ".saved", thing.id.ToString());
            return {};
        });
    if (!kept) return FormAgain(r, std::move(form), kept.error());
    return Redirect{"/profile", "notice.saved"};
}

template <class TypedId>
Result<void> ProfilePages::Remove(const RequestContext& r) const {
    const TypedId id = LIVERY_TRY(r.PathId<TypedId>("id"));
    return db::Attempt<void>(database_, r.tenant().id, [&](db::Transaction& tx) -> Result<void> {
        LIVERY_TRY(TakeAway(tx, AccountOf(r), id));
        Note(tx, r, std::string(ActionOf(id)) + ".removed", id.ToString());
        return {};
    });
}

Result<Reply> ProfilePages::ShowAddress(const RequestContext& r) const {
    return ToView(AddressForm(r, LIVERY_TRY(NamedAddress(r))));
}

Result<Reply> ProfilePages::SaveAddress(const RequestContext& r) const {
    const AddressId known = LIVERY_TRY(NamedAddress(r)).id;
    const Address address{known,
                          Field(r, "label"),
                          Field(r, "line1"),
                          Field(r, "line2"),
                          Field(r, "postal_code"),
                          Field(r, "city"),
                          Field(r, "country"),
                          Field(r, "region")};
    return Save(r, address, Check(address), AddressForm(r, address));
}

Result<Reply> ProfilePages::TakeAddressAway(const RequestContext& r) const {
    const auto removed = Remove<AddressId>(r);
    if (removed) return Redirect{"/profile", "notice.removed"};
    if (removed.error().code != ErrorCode::kConflict) return removed.error();
    FormPage form = AddressForm(r, LIVERY_TRY(NamedAddress(r)));
    form.alert = r.format().Text(removed.error().message);
    return ToView(form);
}

Result<Reply> ProfilePages::ShowContact(const RequestContext& r) const {
    return ToView(ContactForm(r, LIVERY_TRY(NamedContact(r))));
}

Result<Reply> ProfilePages::SaveContact(const RequestContext& r) const {
    const ContactId known = LIVERY_TRY(NamedContact(r)).id;
    const Contact contact{known, Field(r, "name"), Field(r, "email"), Field(r, "role")};
    return Save(r, contact, Check(contact, identity_.IsEmail(contact.email)),
                ContactForm(r, contact));
}

Result<Reply> ProfilePages::TakeContactAway(const RequestContext& r) const {
    LIVERY_TRY(Remove<ContactId>(r));
    return Redirect{"/profile", "notice.removed"};
}

void ProfilePages::AddTo(Registrar& registrar) {
    using P = ProfilePages;
    PageRoutes<P> routes(registrar, *this);
    routes.Get(Access::kSignedIn, "/profile", &P::Show, "Profile");
    routes.Get(Access::kSignedIn, "/profile/preferences", &P::ShowPreferences,
               "Form for name, language, time zone, colours");
    routes.Post(Access::kSignedIn, "/profile/preferences", &P::SavePreferences, "Save preferences",
                RateClass::kForm);
    routes.Get(Access::kSignedIn, "/profile/addresses/new", &P::ShowAddress,
               "Form for a new address");
    routes.Post(Access::kSignedIn, "/profile/addresses/new", &P::SaveAddress, "Add an address",
                RateClass::kForm);
    routes.Get(Access::kSignedIn, "/profile/addresses/:id", &P::ShowAddress, "Form for an address");
    routes.Post(Access::kSignedIn, "/profile/addresses/:id", &P::SaveAddress, "Save an address",
                RateClass::kForm);
    routes.Post(Access::kSignedIn, "/profile/addresses/:id/remove", &P::TakeAddressAway,
                "Remove an address", RateClass::kForm);
    routes.Get(Access::kSignedIn, "/profile/contacts/new", &P::ShowContact,
               "Form for a new contact");
    routes.Post(Access::kSignedIn, "/profile/contacts/new", &P::SaveContact, "Add a contact",
                RateClass::kForm);
    routes.Get(Access::kSignedIn, "/profile/contacts/:id", &P::ShowContact, "Form for a contact");
    routes.Post(Access::kSignedIn, "/profile/contacts/:id", &P::SaveContact, "Save a contact",
                RateClass::kForm);
    routes.Post(Access::kSignedIn, "/profile/contacts/:id/remove", &P::TakeContactAway,
                "Remove a contact", RateClass::kForm);
}

}  // namespace livery::accounts
