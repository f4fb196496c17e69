#include "web/login_fields.h"

namespace livery::accounts {

using Kind = FormField::Kind;

FormField EmailField(const RequestContext& r) {
    return {
        "email",   r.format().Text("field.email"), std::string(r.Form("email")), Kind::kEmail, "",
        "username"};
}

FormField NewPasswordField(const RequestContext& r) {
    return {"password",      r.format().Text("field.new_password"),  "",
            Kind::kPassword, r.format().Text("field.password_hint"), "new-password"};
}

}  // namespace livery::accounts
