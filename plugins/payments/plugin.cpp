#include <livery/plugin.h>

namespace livery::payments {

class PaymentsPlugin final : public Plugin {
 public:
    void Register(Registrar&) override {}
};

}  // namespace livery::payments

LIVERY_PLUGIN(livery::payments::PaymentsPlugin)
