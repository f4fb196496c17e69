#include "app/registration.h"

#include "app/account_mail.h"
#include "domain/account.h"
#include "storage/account_repository.h"

namespace livery::accounts {

Result<void> Registration::Register(const Tenant& tenant, const Form& form) {
    std::vector<FieldError> errors;
    if (const std::string wrong = WrongName(form.name); !wrong.empty())
        errors.push_back({"name", wrong});
    if (!identity_.IsEmail(form.email)) errors.push_back({"email", "error.email"});
    if (auto wrong = identity_.CheckPassword(form.password, form.email))
        errors.push_back({"password", *wrong});
    if (!errors.empty()) return Invalid(std::move(errors));
    // Before the transaction, and for a known address too: both take the same time.
    const std::string hash = LIVERY_TRY(identity_.HashPassword(form.password));
    database_.Transact(tenant.id, [&](db::Transaction& tx) {
        if (const auto known = identity_.FindByEmail(tx, Realm::kPortal, form.email)) {
            if (known->verified)
                return MailTo(mailer_, tx, tenant, *known, {"already_registered", "/sign-in"});
            return MailVerification(tx, tenant, *known);
        }
        if (const auto created = Create(tx, form, hash)) {
            MailVerification(tx, tenant, *identity_.Find(tx, created->user));
        }
    });
    return {};
}

Result<Registration::Created> Registration::Create(db::Transaction& tx, const Form& form,
                                                   const std::string& password_hash) {
    const AccountId account(ids_.Next());
    const UserId user = LIVERY_TRY(identity_.CreateUser(
        tx, {form.email, form.name, password_hash, SubjectOf(account), form.language}));
    AccountRepository::Insert(tx, account, form.name, clock_.Now());
    AccountRepository::Save(tx, account,
                            Contact{ContactId(ids_.Next()), form.name, form.email, "owner"});
    return Created{account, user};
}

Result<AccountId> Registration::CreateVerified(const Tenant& tenant, const Form& form,
                                               const std::string& password_hash) {
    Result<AccountId> made = NotFound("not run");
    database_.Transact(tenant.id, [&](db::Transaction& tx) {
        const auto created = Create(tx, form, password_hash);
        made = created ? Result<AccountId>(created->account) : Result<AccountId>(created.error());
        if (created) identity_.MarkVerified(tx, created->user);
    });
    return made;
}

void Registration::MailVerification(db::Transaction& tx, const Tenant& tenant,
                                    const Identity::User& user) {
    const std::string token =
        identity_.IssueToken(tx, user.id, Identity::TokenPurpose::kVerifyEmail);
    MailTo(mailer_, tx, tenant, user, {"verify_email", "/verify-email?token=" + token});
}

Result<void> Registration::VerifyEmail(const Tenant& tenant, const std::string& token) {
    Result<void> outcome;
    database_.Transact(tenant.id, [&](db::Transaction& tx) {
        const auto user = identity_.RedeemToken(tx, token, Identity::TokenPurpose::kVerifyEmail);
        outcome = user ? Result<void>() : Result<void>(user.error());
        if (user) identity_.MarkVerified(tx, *user);
    });
    return outcome;
}

void Registration::ResendVerification(const Tenant& tenant, UserId user) {
    database_.Transact(tenant.id, [&](db::Transaction& tx) {
        const auto found = identity_.Find(tx, user);
        if (found && !found->verified) MailVerification(tx, tenant, *found);
    });
}

Result<void> Registration::RequestReset(const Tenant& tenant, const Door& door,
                                        const std::string& email, const std::string& language) {
    if (!identity_.IsEmail(email)) return InvalidField("email", "error.email");
    database_.Transact(tenant.id, [&](db::Transaction& tx) {
        const auto user = identity_.FindByEmail(tx, door.realm, email);
        // An invitation that waits is taken by its own link.
        const bool waits = user && door.IsConsole() && !user->verified;
        if (!user || user->closed || waits) {
            Identity::User stranger;
            stranger.email = stranger.display_name = email;
            stranger.language = language;
            return MailTo(mailer_, tx, tenant, stranger,
                          door.IsConsole() ? Letter{"no_staff_login", door.Path("/sign-in")}
                                           : Letter{"no_login", "/register"});
        }
        const std::string token =
            identity_.IssueToken(tx, user->id, Identity::TokenPurpose::kResetPassword);
        MailTo(mailer_, tx, tenant, *user,
               {"reset_password", door.Path("/reset-password?token=" + token)});
    });
    return {};
}

Result<void> Registration::ResetPassword(const Tenant& tenant, const Door& door,
                                         const std::string& token, const std::string& password) {
    if (auto wrong = identity_.CheckPassword(password, "")) return InvalidField("password", *wrong);
    const std::string hash = LIVERY_TRY(identity_.HashPassword(password));
    Result<void> outcome;
    database_.Transact(tenant.id, [&](db::Transaction& tx) {
        const auto user = identity_.RedeemToken(tx, token, Identity::TokenPurpose::kResetPassword);
        const auto known = user ? identity_.Find(tx, *user) : std::nullopt;
        if (!known || known->realm != door.realm || known->closed) {
            outcome = NotFound("the link is unknown, used, too old or of the other door");
            return;
        }
        identity_.SetPassword(tx, *user, hash);
        identity_.MarkVerified(tx, *user);  // the link came by mail to that address
        MailTo(mailer_, tx, tenant, *identity_.Find(tx, *user),
               {"password_changed", door.Path("/sign-in")});
    });
    return outcome;
}

}  // namespace livery::accounts
