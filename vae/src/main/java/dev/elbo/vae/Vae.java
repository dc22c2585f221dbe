package dev.elbo.vae;

import com.google.errorprone.annotations.CheckReturnValue;
import dev.elbo.nn.Context;
import dev.elbo.nn.Examples;
import dev.elbo.nn.Functional;
import dev.elbo.nn.Layer;
import dev.elbo.nn.Model;
import dev.elbo.nn.StepResult;
import dev.elbo.nn.SymbolicTensor;
import dev.elbo.nn.config.Config;
import dev.elbo.nn.layers.Layers;
import dev.elbo.tensor.Compiled;
import dev.elbo.tensor.Elbo;
import dev.elbo.tensor.SeedGenerator;
import dev.elbo.tensor.Shape;
import dev.elbo.tensor.Tensor;
import dev.elbo.tensor.Variable;
import java.lang.ref.WeakReference;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/**
 * A variational autoencoder: it minimises {@code mean over examples of (reconstruction + beta kl)}
 * in nats, and reports {@code elbo = -(reconstruction + kl)}.
 *
 * <p>It is put together from an encoder, a decoder, a {@link Likelihood}, a {@link Prior}, a {@link
 * Divergence} and an {@link Estimator}; unless set, those are Bernoulli, standard normal, the
 * closed form, and one reparameterised sample.
 *
 * <pre>{@code
 * Vae vae = VaePresets.mlp(Shape.of(28, 28), 400, 20).inputScale(1 / 255.0).seed(7);
 * vae.compile(Adam.of());
 * vae.fit(images, Fit.epochs(20).batchSize(100).validationSplit(0.05));
 * System.out.println(vae.elbo(testImages, 1, 7));
 * Tensor digits = vae.sample(100, 7);
 * }</pre>
 *
 * <p>Training and evaluation name {@code elbo}, {@code reconstruction} and {@code kl}; {@code loss}
 * is what is minimised, and equals {@code -elbo} where beta is 1 and nothing is penalised.
 *
 * <p>Kingma and Welling, "Auto-Encoding Variational Bayes", 2014.
 */
@CheckReturnValue
public final class Vae extends Model {
  /** Under which models of this kind are saved. */
  public static final String REGISTERED_NAME = "Vae";

  /** How many examples go through the encoder or the decoder at a time when the model is used. */
  private static final int BATCH_SIZE = 256;

  private final Model encoder;
  private final Model decoder;
  private final VaeSettings settings;
  private final Variable beta;
  private final ElboEvaluation evaluation;

  /** The smallest and the largest number of examples, kept since each {@code fit} asks anew. */
  private final Compiled inputRange;

  /** The examples that were checked last: tensors stay as they are, so once is enough. */
  private volatile WeakReference<Tensor> checked = new WeakReference<>(null);

  private volatile int latentDim;

  private Vae(Model encoder, Model decoder, VaeSettings settings) {
    super(settings.name(), encoder.dtype(), settings.seed());
    this.encoder = encoder;
    this.decoder = decoder;
    this.settings = settings;
    this.beta = Variable.of("beta", Tensor.scalar(settings.beta(), encoder.dtype()));
    this.evaluation = new ElboEvaluation(this);
    this.inputRange =
        Elbo.compile(tensors -> {
          Tensor input = scaled(tensors.getFirst());
          return List.of(input.min(), input.max());
        });
  }

  /**
   * A model of two models.
   *
   * @param encoder from examples (n, ...) to two outputs, mean and log-variance, both (n, latent)
   * @param decoder from (n, latent) to the likelihood's parameters, of the examples' shape
   */
  public static Vae of(Model encoder, Model decoder) {
    return new Vae(encoder, decoder, VaeSettings.of());
  }

  /** What a file says of a model of this kind. */
  static Vae of(Config config) {
    VaeSettings defaults = VaeSettings.of();
    Vae vae =
        of(config.object("encoder", Model.class), config.object("decoder", Model.class))
            .likelihood(config.part("likelihood", Registries.LIKELIHOODS, defaults.likelihood()))
            .prior(config.part("prior", Registries.PRIORS, defaults.prior()))
            .divergence(config.part("divergence", Registries.DIVERGENCES, defaults.divergence()))
            .estimator(config.part("estimator", Registries.ESTIMATORS, defaults.estimator()))
            .beta(config.number("beta", defaults.beta()))
            .inputScale(config.number("inputScale", defaults.inputScale()));
    return vae.seed(config.longNumber("seed", vae.seed()));
  }

  @Override
  public Map<String, Object> config() {
    return Config.map(
        "encoder", encoder,
        "decoder", decoder,
        "likelihood", Config.part(likelihood()),
        "prior", Config.part(prior()),
        "divergence", Config.part(divergence()),
        "estimator", Config.part(estimator()),
        "beta", beta.value().item(),
        "inputScale", inputScale(),
        "seed", seed());
  }

  /**
   * Reads a model that {@link #save} wrote, with the same bits.
   *
   * @throws dev.elbo.nn.ModelFileException if there is none or it is damaged
   * @throws IllegalArgumentException if it is a model of another kind
   */
  public static Vae load(Path file) {
    Model model = load(file, Layers.registry().with(REGISTERED_NAME, Vae::of));
    if (model instanceof Vae vae) {
      return vae;
    }
    throw new IllegalArgumentException(
        file
            + ": expected a Vae, received a "
            + model.registeredName()
            + ". Use Model.load for it.");
  }

  // ---- settings ---------------------------------------------------------------------------------

  /** The same with another {@code p(x | z)}; {@link BernoulliLikelihood} unless set. */
  public Vae likelihood(Likelihood value) {
    return with("likelihood", settings.withLikelihood(value));
  }

  /** The same with another {@code p(z)}; {@link StandardNormal} unless set. */
  public Vae prior(Prior value) {
    return with("prior", settings.withPrior(value));
  }

  /** The same with another way to compute the divergence; {@link ClosedFormKl} unless set. */
  public Vae divergence(Divergence value) {
    return with("divergence", settings.withDivergence(value));
  }

  /** The same with another estimate of the bound; {@link Reparameterized} unless set. */
  public Vae estimator(Estimator value) {
    return with("estimator", settings.withEstimator(value));
  }

  /**
   * The same with another weight of the divergence in what is minimised; 1 unless set. It is used
   * in the objective and nowhere else: elbo, reconstruction and kl are never weighted. Higgins et
   * al., "beta-VAE", 2017, equation 4.
   */
  public Vae beta(double value) {
    return with("beta", settings.withBeta(value));
  }

  /**
   * The same with examples multiplied by a number before anything else; 1 unless set. {@code 1 /
   * 255.0} takes images as they are stored, uint8 from 0 to 255.
   */
  public Vae inputScale(double value) {
    return with("inputScale", settings.withInputScale(value));
  }

  /** The same under a name. */
  public Vae name(String value) {
    return with("name", settings.withName(value));
  }

  /** The same with a seed for its weights and its training. */
  public Vae seed(long value) {
    return with("seed", settings.withSeed(value));
  }

  private Vae with(String setting, VaeSettings changed) {
    requireUnbuilt(setting);
    return new Vae(encoder, decoder, changed);
  }

  /** From examples to mean and log-variance. */
  public Model encoder() {
    return encoder;
  }

  /** From latent variables to the parameters of the likelihood. */
  public Model decoder() {
    return decoder;
  }

  /** {@code p(x | z)} */
  public Likelihood likelihood() {
    return settings.likelihood();
  }

  /** {@code p(z)} */
  public Prior prior() {
    return settings.prior();
  }

  /** How the divergence is computed. */
  public Divergence divergence() {
    return settings.divergence();
  }

  /** How the bound is estimated. */
  public Estimator estimator() {
    return settings.estimator();
  }

  /** The weight of the divergence, a scalar; assign it to anneal it, which never traces again. */
  public Variable beta() {
    return beta;
  }

  @Override
  protected Map<String, Variable> stateVariables() {
    return Map.of("beta", beta);
  }

  /** What examples are multiplied by. */
  public double inputScale() {
    return settings.inputScale();
  }

  /**
   * The number of latent variables.
   *
   * @throws IllegalStateException if neither data nor an encoder of known input has said so
   */
  public int latentDim() {
    ensureBuilt();
    if (!isBuilt()) {
      throw new IllegalStateException(
          describe()
              + ": expected a built model, which knows its latent dimensions. Call fit, or"
              + " build(Shape.of(Shape.BATCH, 28, 28)) for images of 28 x 28.");
    }
    return latentDim;
  }

  // ---- as a layer -------------------------------------------------------------------------------

  @Override
  public List<Layer> layers() {
    return List.of(encoder, decoder);
  }

  @Override
  public Shape outputShape(Shape input) {
    List<Shape> posterior = encoder.outputShapes(List.of(input));
    if (posterior.size() != 2
        || posterior.getFirst().rank() != 2
        || !posterior.getFirst().equals(posterior.getLast())) {
      throw new IllegalArgumentException(
          describe()
              + ": expected an encoder with two outputs of one shape (batch, latent), mean and"
              + " log-variance, received "
              + posterior
              + ". Use Model.of(List.of(x), List.of(mean, logVariance)).");
    }
    Shape output = decoder.outputShape(posterior.getFirst());
    if (!output.equals(input)) {
      throw new IllegalArgumentException(
          describe()
              + ": expected a decoder that returns the examples' shape "
              + input
              + ", received "
              + output
              + ". End it with Reshape.of(...), or give its last layer as many units as an example"
              + " has numbers.");
    }
    return output;
  }

  @Override
  protected void ensureBuilt() {
    if (!isBuilt() && encoder instanceof Functional graph) {
      build(graph.inputs().stream().map(SymbolicTensor::shape).toArray(Shape[]::new));
    }
  }

  @Override
  protected void createWeights(Shape input) {
    Shape posterior = encoder.outputShapes(List.of(input)).getFirst();
    buildInner(encoder, List.of(input));
    buildInner(decoder, List.of(posterior));
    latentDim = posterior.dim(1);
  }

  /** The reconstruction: {@code E[x | z]} at the mean of the posterior. */
  @Override
  protected Tensor compute(Tensor input, Context context) {
    DiagonalNormal posterior = posterior(scaled(input), context);
    Tensor parameters = decoder.call(posterior.mean(), context.inside(decoder, decoder.name()));
    return likelihood().mean(parameters);
  }

  @Override
  public String registeredName() {
    return REGISTERED_NAME;
  }

  // ---- the objective ----------------------------------------------------------------------------

  @Override
  protected void inspect(String where, Examples examples) {
    requireInput(where, examples.x().getFirst());
  }

  /**
   * {@code mean of (reconstruction + beta kl)}, weighted by the sample weights if there are any.
   */
  @Override
  protected StepResult objective(Examples examples, Context context) {
    ElboTerms terms = terms(examples.x().getFirst(), context);
    Tensor kl = terms.kl();
    Tensor costs = terms.reconstruction().add(kl.multiply(beta.value()));
    Tensor loss =
        examples.sampleWeight().map(weight -> costs.multiply(weight.cast(dtype()))).orElse(costs);
    Tensor meanReconstruction = terms.reconstruction().mean();
    Tensor meanKl = kl.mean();
    return StepResult.of(loss.mean())
        .withMetric("elbo", meanReconstruction.add(meanKl).negate())
        .withMetric("reconstruction", meanReconstruction)
        .withMetric("kl", meanKl);
  }

  /**
   * The terms of the bound for some examples, for objectives of your own.
   *
   * @param x examples, not yet scaled
   * @param context whose random key draws the latent variables
   */
  public ElboTerms terms(Tensor x, Context context) {
    Tensor input = scaled(x);
    return estimator().estimate(input, posterior(input, context), latentModel(context), context);
  }

  private DiagonalNormal posterior(Tensor scaled, Context context) {
    List<Tensor> outputs = encoder.call(List.of(scaled), context.inside(encoder, encoder.name()));
    return new DiagonalNormal(outputs.getFirst(), outputs.getLast());
  }

  private LatentModel latentModel(Context context) {
    return new LatentModel(
        z -> decoder.call(z, context.inside(decoder, decoder.name())),
        likelihood(),
        prior(),
        divergence());
  }

  private Tensor scaled(Tensor x) {
    Tensor input = x.cast(dtype());
    return inputScale() == 1 ? input : input.multiply(inputScale());
  }

  // ---- use --------------------------------------------------------------------------------------

  /** {@code q(z | x)} of some examples, (n, ...), not yet scaled. */
  public DiagonalNormal encode(Tensor x) {
    requireInput(describe() + ".encode", x);
    buildFor(x);
    List<Tensor> outputs = encoder.predict(List.of(scaled(x)), BATCH_SIZE, Map.of());
    return new DiagonalNormal(outputs.getFirst(), outputs.getLast());
  }

  /** {@code E[x | z]} of latent variables, (n, latent); for images in [0, 1]. */
  public Tensor decode(Tensor z) {
    ensureBuilt();
    return likelihood().mean(decoder.predict(z, BATCH_SIZE)).evaluate();
  }

  /** {@code E[x | z]} at the mean of {@code q(z | x)}, for examples not yet scaled. */
  public Tensor reconstruct(Tensor x) {
    return decode(encode(x).mean());
  }

  /**
   * New examples: {@code E[x | z]} for z drawn from the prior.
   *
   * @param count how many
   * @param seed the same seed gives the same examples
   */
  public Tensor sample(int count, long seed) {
    if (count < 1) {
      throw new IllegalArgumentException(
          describe() + ".sample: expected a count of at least 1, received " + count + ".");
    }
    Shape shape = Shape.of(count, latentDim());
    return decode(prior().sample(shape, dtype(), SeedGenerator.key(seed, 0)));
  }

  /**
   * The evidence lower bound of some examples.
   *
   * @param x examples, (n, ...), not yet scaled
   * @param samples how many draws of z for each example; 1 is enough for the mean of thousands
   * @param seed of the draws: the same seed gives the same numbers
   */
  public ElboEstimate elbo(Tensor x, int samples, long seed) {
    return evaluation.estimate(x, samples, seed);
  }

  /** Makes the weights from this model's seed, before the parts make them from their own. */
  void buildFor(Tensor x) {
    if (!isBuilt()) {
      build(x.shape().with(0, Shape.BATCH));
    }
  }

  /**
   * Checks examples by their smallest and largest number.
   *
   * @param where who asks, for errors
   */
  void requireInput(String where, Tensor x) {
    if (x.shape().size() > 0 && !checked.refersTo(x)) {
      List<Tensor> range = inputRange.call(x);
      likelihood().requireSupport(where, range.getFirst().item(), range.getLast().item());
      checked = new WeakReference<>(x);
    }
  }
}
