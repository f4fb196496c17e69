#include <livery/http/form_again.h>

namespace livery {

Result<Reply> FormAgain(const RequestContext& r, FormPage form, const Error& error) {
    if (error.code != ErrorCode::kInvalidArgument) return error;
    ShowErrors(form, error, r.format());
    return ToView(form);
}

}  // namespace livery
