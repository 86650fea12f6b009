using Mono.Cecil;
using Mono.Cecil.Cil;
using Mono.Cecil.Rocks;

// TorchSharp hands the addresses of its objects to libtorch without holding the objects, so that a finaliser may free them while libtorch reads
// them. This copies TorchSharp.dll with each object whose handle a method takes kept alive until the method returns:
//   dotnet TorchSharpHandles.dll TorchSharp.dll OUT.dll
// What it does to `NativeMethods.THSTensor_mul_scalar(Handle, target.Handle)`: `var held = target` before, and `GC.KeepAlive(held)` after.
if (args is not [string original, string output])
{
    Console.Error.WriteLine("usage: TorchSharpHandles TorchSharp.dll OUT.dll");
    return 2;
}

using ModuleDefinition module = ModuleDefinition.ReadModule(original);
MethodReference keepAlive = new(
    "KeepAlive",
    module.TypeSystem.Void,
    new TypeReference("System", "GC", module, module.TypeSystem.CoreLibrary)
)
{
    Parameters = { new ParameterDefinition(module.TypeSystem.Object) },
};
int count = module.GetTypes().SelectMany(type => type.Methods).Where(method => method.HasBody).Sum(Hold);
if (count == 0)
{
    Console.Error.WriteLine(
        $"TorchSharpHandles: {original} takes no handle anywhere; this is not the TorchSharp that is meant"
    );
    return 1;
}

Directory.CreateDirectory(Path.GetDirectoryName(Path.GetFullPath(output))!);
string unfinished = $"{output}.{Environment.ProcessId}.tmp";
module.Write(unfinished);
File.Move(unfinished, output, overwrite: true);
return 0;

// Holds every object of a method whose handle it takes, and says how many there are.
int Hold(MethodDefinition method)
{
    Instruction[] takings = [.. method.Body.Instructions.Where(TakesHandle)];
    if (takings.Length == 0 || method.Name is "get_Handle" or "Dispose" or "Finalize")
    {
        return 0;
    }

    method.Body.SimplifyMacros();
    ILProcessor code = method.Body.GetILProcessor();
    VariableDefinition[] objects = [.. takings.Select(taking => HoldObject(code, taking))];
    method.Body.InitLocals = true; // where a branch went round the taking there is nothing to keep alive
    foreach (Instruction end in method.Body.Instructions.Where(one => one.OpCode == OpCodes.Ret).ToArray())
    {
        KeepAliveUntil(code, end, objects);
    }

    method.Body.OptimizeMacros();
    return objects.Length;
}

static bool TakesHandle(Instruction instruction) =>
    instruction.Operand is MethodReference { Name: "get_Handle", ReturnType.FullName: "System.IntPtr" } taken
    && !taken.DeclaringType.IsValueType;

// The object lies on the stack: a copy goes into a local of its own.
static VariableDefinition HoldObject(ILProcessor code, Instruction taking)
{
    VariableDefinition local = new(((MethodReference)taking.Operand).DeclaringType);
    code.Body.Variables.Add(local);
    Instruction call = Instruction.Create(taking.OpCode, (MethodReference)taking.Operand);
    code.InsertAfter(taking, call);
    code.InsertAfter(taking, Instruction.Create(OpCodes.Stloc, local));
    (taking.OpCode, taking.Operand) = (OpCodes.Dup, null); // branches to the call come here
    return local;
}

// The return becomes the first of the calls, so that branches to it make them too.
void KeepAliveUntil(ILProcessor code, Instruction end, VariableDefinition[] objects)
{
    Instruction last = end;
    foreach (VariableDefinition held in objects)
    {
        Instruction load = Instruction.Create(OpCodes.Ldloc, held);
        Instruction call = Instruction.Create(OpCodes.Call, keepAlive);
        code.InsertAfter(last, load);
        code.InsertAfter(load, call);
        last = call;
    }

    code.InsertAfter(last, Instruction.Create(OpCodes.Ret));
    (end.OpCode, end.Operand) = (OpCodes.Nop, null);
}
